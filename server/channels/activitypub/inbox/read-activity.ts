/** Reads what was posted to an inbox, before anything in it is believed. */
import { getRequestHeader, type H3Event } from 'h3'
import { z } from 'zod'
import { problem } from '../../../http/problem'
import { readBytes } from '../../../http/read-body'

const MOST_BYTES = 256 * 1024
const TYPES = ['application/activity+json', 'application/ld+json']

const address = z.url({ protocol: /^https?$/ }).max(2000)
/** An id, or something that has one. */
const reference = z.union([address, z.looseObject({ id: address })])
const shape = z.looseObject({
  id: address,
  type: z.string().max(100),
  actor: reference,
  object: z.unknown().optional(),
})

/** `actor` and `object` are ids; an object that is not named has none. */
export interface Posted {
  bytes: Buffer
  json: object
  id: string
  type: string
  actor: string
  object?: string
}

/** 415 for another type, 413 over 256 kB, 400 for what is not an activity with an id and an actor. */
export async function readActivity(event: H3Event): Promise<Posted> {
  const type = getRequestHeader(event, 'content-type')?.split(';')[0]!.trim().toLowerCase()
  if (!type || !TYPES.includes(type))
    problem(415, 'The body must be an activity', `Send ${TYPES[0]}, not ${type ?? 'nothing'}.`)
  const bytes = await readBytes(event, MOST_BYTES)
  const read = shape.safeParse(parse(bytes))
  if (!read.success) {
    const { path, message } = read.error.issues[0]!
    const field = path.join('.') || 'The body'
    return problem(400, 'The activity is malformed', `${field}: ${message}.`, [
      { path: path.join('.'), message },
    ])
  }
  const { id, type: kind, actor, object } = read.data
  return { bytes, json: read.data, id, type: kind, actor: idOf(actor)!, object: idOf(object) }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return problem(400, 'The body is not valid JSON', 'The body is not valid JSON in UTF-8.')
  }
}

/** Of something that is named by its id, or comes as a whole. */
export function idOf(value: unknown): string | undefined {
  const read = reference.safeParse(value)
  if (!read.success) return undefined
  return typeof read.data === 'string' ? read.data : read.data.id
}
