/** Statuses of an account through the client API of the fediverse, as https://docs.joinmastodon.org says it behaves: pictures, limits, and what was posted before. */
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { shorten } from '../../shared/wording'
import { Dead, Retry } from '../delivery/contract/define-reactor'
import type { Call } from './api-client'
import { contentOf, failureOf, type FarAnswer, webLink } from './http-answer'
import { type Picture, pictureForm } from './pictures'
import { poll } from './poll'

const ALT_MOST = 1500
/** Pages of 40 own statuses among which one is looked for. */
const PAGES = 5

/** Something of theirs with an id, as every success but a list is; it becomes part of later paths. */
const WithId = z.object({ id: z.string().min(1).max(100) })
const Status = WithId.extend({
  content: z.string().catch(''),
  created_at: z.string().catch(''),
  url: webLink.optional().catch(undefined),
  media_attachments: z.array(WithId).max(4).catch([]),
})
export type Status = z.output<typeof Status>

export const statusPath = (id: string) => `/api/v1/statuses/${encodeURIComponent(id)}`

/** The status of an answer; throws where it has none. */
export const statusIn = (answer: FarAnswer): Status => contentOrThrow(answer, Status)

/** The id of the picture there. */
export async function uploadPicture(call: Call, picture: Picture): Promise<string> {
  const body = pictureForm('file', picture, { description: shorten(picture.alt, ALT_MOST) })
  return contentOrThrow(await call('POST', '/api/v2/media', { body }), WithId).id
}

/** Waits until the picture may be attached: 206 while the server works on it (methods/media/#get). False when it is not there any more. */
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

/** Among our own newest statuses, back to `since` (ms), the one that links to this address. */
export async function findStatus(
  call: Call,
  link: string,
  since: number,
): Promise<Status | undefined> {
  const me = contentOrThrow(await call('GET', '/api/v1/accounts/verify_credentials'), WithId)
  const mine = `/api/v1/accounts/${encodeURIComponent(me.id)}/statuses?limit=40&exclude_reblogs=true&exclude_replies=true`
  const anchor = `href="${link.replaceAll('&', '&amp;')}"`
  for (let page = 0, before = ''; page < PAGES; page++) {
    const statuses = contentOrThrow(await call('GET', mine + before), z.array(Status))
    const found = statuses.find(({ content }) => content.includes(anchor))
    const last = statuses.at(-1)
    if (found || !last || !(Date.parse(last.created_at) >= since)) return found
    before = `&max_id=${encodeURIComponent(last.id)}`
  }
}

/** What every server allows that has not said otherwise (entities/Instance/#max_characters, #characters_reserved_per_url). */
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

/** What a server allows, as far as we know it. */
export const limitsOf = (server: string) => known.get(server) ?? DEFAULTS

/** Asks the server what it allows, at most once an hour; what it does not say, or says strangely, is as everywhere. */
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

/** In the server's own words; a page says nothing about the status. */
export const isGone = ({ status, json }: FarAnswer) => status === 404 && json !== undefined

/** The content of an answer; throws what it means where it is another. */
function contentOrThrow<Content>(answer: FarAnswer, shape: z.ZodType<Content>): Content {
  const content = contentOf(answer, shape)
  if (content === undefined) throw refusal(answer)
  return content
}

/** A page instead of the server's own words tells about the way there (a wrong address, a server being mended), not about this status. */
function refusal(answer: FarAnswer): Error {
  const failure = failureOf(answer)
  const isAboutTheWay = answer.json === undefined || /not finished processing/i.test(answer.text)
  return failure instanceof Dead && isAboutTheWay ? new Retry(failure.message) : failure
}
