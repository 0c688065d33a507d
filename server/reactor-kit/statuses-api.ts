/**
 * Handles statuses through the client API of the fediverse, as documented at https://docs.joinmastodon.org:
 * pictures, limits, and what was posted before.
 */
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { letters, shorten } from '../../shared/wording'
import { Dead, Retry } from '../delivery/contract/define-reactor'
import type { Call } from './api-client'
import { contentOf, failureOf, type FarAnswer, webLink } from './http-answer'
import { type Picture, pictureForm } from './pictures'
import { poll } from './poll'

const ALT_MOST = 1500
/** How many pages of 40 of our own statuses are searched. */
const PAGES = 5

/** Every success except a list has an id, which becomes part of later paths. */
const WithId = z.object({ id: z.string().min(1).max(100) })
const Status = WithId.extend({
  content: z.string().catch(''),
  created_at: z.string().catch(''),
  url: webLink.optional().catch(undefined),
  media_attachments: z.array(WithId).max(4).catch([]),
})
export type Status = z.output<typeof Status>
const Uploaded = WithId.extend({ url: webLink.nullish().catch(undefined) })

export const statusPath = (id: string) => `/api/v1/statuses/${encodeURIComponent(id)}`

/** The status in an answer; throws if there is none. */
export const statusIn = (answer: FarAnswer): Status => contentOrThrow(answer, Status)

/**
 * Uploads a picture; it is ready if the answer has its address. Older servers of this kind only have
 * the first version of the call, which answers when the picture is ready.
 */
export async function uploadPicture(
  call: Call,
  picture: Picture,
): Promise<{ id: string; isReady: boolean }> {
  const form = () => pictureForm('file', picture, { description: shorten(picture.alt, ALT_MOST) })
  let answer = await call('POST', '/api/v2/media', { body: form() })
  if (isMissing(answer)) answer = await call('POST', '/api/v1/media', { body: form() })
  const { id, url } = contentOrThrow(answer, Uploaded)
  return { id, isReady: Boolean(url) && answer.status === 200 }
}

/**
 * Waits until the picture can be attached; the server answers 206 while it works on it
 * (methods/media/#get). False if the picture is gone.
 */
export async function isProcessed(call: Call, id: string, signal: AbortSignal): Promise<boolean> {
  let label = ''
  const ask = async () => {
    const answer = await call('GET', `/api/v1/media/${encodeURIComponent(id)}`)
    label = answer.label
    if (answer.status === 404) return false
    return answer.status === 206 ? undefined : Boolean(contentOrThrow(answer, WithId))
  }
  const isReady = await poll(ask, { first: 100, most: 3000, signal })
  if (isReady === undefined) throw new Retry(`${label} is still working on the picture`)
  return isReady
}

/** Finds the status that links to this address among our newest ones, back to `since` (ms). */
export async function findStatus(
  call: Call,
  link: string,
  since: number,
): Promise<Status | undefined> {
  const account = contentOrThrow(await call('GET', '/api/v1/accounts/verify_credentials'), WithId)
  const ourStatuses = `/api/v1/accounts/${encodeURIComponent(account.id)}/statuses?limit=40&exclude_reblogs=true&exclude_replies=true`
  const anchor = `href="${link.replaceAll('&', '&amp;')}"`
  for (let page = 0, before = ''; page < PAGES; page++) {
    const statuses = contentOrThrow(await call('GET', ourStatuses + before), z.array(Status))
    const found = statuses.find(({ content }) => content.includes(anchor))
    const last = statuses.at(-1)
    if (found || !last || !(Date.parse(last.created_at) >= since)) return found
    before = `&max_id=${encodeURIComponent(last.id)}`
  }
}

/**
 * What a server allows unless it says otherwise (entities/Instance/#max_characters,
 * #characters_reserved_per_url).
 */
const DEFAULTS = { characters: 500, perLink: 23 }
const Instance = z.object({
  configuration: z.object({
    statuses: z.object({
      max_characters: z.int().min(300).max(100_000).catch(DEFAULTS.characters),
      characters_reserved_per_url: z.int().min(1).max(100).catch(DEFAULTS.perLink),
    }),
  }),
})
const known = new LRUCache<string, typeof DEFAULTS>({ max: 100, ttl: 3600_000 })

/**
 * Counts as the server does: each link as long as it says, and only the name of `@name@server`
 * (user/posting/#text).
 */
export const countCharacters = (text: string, perLink: number) =>
  letters(
    text.replaceAll(/https?:\/\/\S+/g, 'u'.repeat(perLink)).replaceAll(/(@\w+)@[\w.-]+/g, '$1'),
  ).length

/** What a server allows, as far as we know it. */
export const limitsOf = (server: string) => known.get(server) ?? DEFAULTS

/**
 * Asks the server what it allows, at most once an hour; anything missing or implausible gets the
 * default.
 */
export async function learnLimits(call: Call, server: string) {
  if (known.has(server)) return
  const statuses = contentOf(await call('GET', '/api/v2/instance'), Instance)?.configuration
    .statuses
  if (statuses)
    known.set(server, {
      characters: statuses.max_characters,
      perLink: statuses.characters_reserved_per_url,
    })
}

/** A server that does not know the call. */
const isMissing = ({ status }: FarAnswer) => [404, 405, 410, 501].includes(status)

/** The answer to an edit that means that the status, or the server's ability to edit, is missing. */
export const mayLackEditing = isMissing

export async function isThere(call: Call, id: string): Promise<boolean> {
  const answer = await call('GET', statusPath(id))
  return !isGone(answer) && Boolean(statusIn(answer))
}

/** Only counts a JSON answer; an error page says nothing about the status. */
export const isGone = ({ status, json }: FarAnswer) => status === 404 && json !== undefined

/** The content of an answer; if it does not have this shape, throws what the answer means. */
function contentOrThrow<Content>(answer: FarAnswer, shape: z.ZodType<Content>): Content {
  const content = contentOf(answer, shape)
  if (content === undefined) throw refusal(answer)
  return content
}

/**
 * A page instead of JSON is about the way there (a wrong address, a server under repair), not about
 * this status.
 */
function refusal(answer: FarAnswer): Error {
  const failure = failureOf(answer)
  const isAboutTheWay = answer.json === undefined || /not finished processing/i.test(answer.text)
  return failure instanceof Dead && isAboutTheWay ? new Retry(failure.message) : failure
}
