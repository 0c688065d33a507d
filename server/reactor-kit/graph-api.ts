/** Pictures of an account through the Graph API (… is https://developers.facebook.com/docs): prepared in a container, published, found again. */
import { z } from 'zod'
import { Dead, Retry, Stopped, Suppressed } from '../delivery/contract/define-reactor'
import type { Call } from './api-client'
import { contentOf, failureOf, type FarAnswer, isPassing, webLink } from './http-answer'
import { poll } from './poll'

const MINUTE = 60_000
/** The publishing limit is of 24 hours that move on: asked nine times, it is outlived. */
const LIMIT_MS = 4 * 60 * MINUTE
/** Own posts among which one is looked for. */
const RECENT = 25

/** Ids there are digits; they become part of later paths. */
const WithId = z.object({ id: z.string().regex(/^\d{1,30}$/) })
const WithLink = z.object({ permalink: webLink })
const Container = z.object({ status_code: z.string().max(40) })
const Limit = z.object({
  quota_usage: z.number().nonnegative(),
  config: z.object({ quota_total: z.number().positive() }),
})
const Limits = z.object({ data: z.array(Limit) })
const Media = WithId.extend({
  caption: z.string().catch(''),
  timestamp: z.string().catch(''),
  permalink: webLink.optional().catch(undefined),
})
const MediaList = z.object({ data: z.array(Media.nullable().catch(null)) })
const Comments = z.object({ data: z.array(z.object({ text: z.string() }).nullable().catch(null)) })
const Refused = z.object({
  error: z.object({
    code: z.number().optional(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
  }),
})

/** How many posts are left of how many; undefined where it does not say. Throws where they are used up. */
export async function postsLeft(call: Call, user: string) {
  const answer = await call('GET', `/${user}/content_publishing_limit?fields=quota_usage,config`)
  if (answer.status >= 300) throw refusal(answer)
  const [limit] = contentOf(answer, Limits)?.data ?? []
  if (!limit) return undefined
  const of = limit.config.quota_total
  return { left: Math.max(of - limit.quota_usage, 0), of, backAt: Date.now() + LIMIT_MS }
}

/** The id of a container with this picture and caption, unpublished; expires by itself in a day. */
export async function createContainer(call: Call, user: string, body: object): Promise<string> {
  return idOrThrow(await call('POST', `/${user}/media`, { body }))
}

/** FINISHED, PUBLISHED, EXPIRED or ERROR, or "lost" where nobody knows it; the network needs seconds, we wait a few. */
export async function statusOf(
  call: Call,
  container: string,
  signal: AbortSignal,
): Promise<string> {
  let label = ''
  const ask = async () => {
    const answer = await call('GET', `/${container}?fields=status_code`)
    label = answer.label
    if (isUnknown(answer)) return 'lost'
    const status = contentOf(answer, Container)?.status_code
    if (!status) throw refusal(answer)
    return status === 'IN_PROGRESS' ? undefined : status
  }
  const status = await poll(ask, { first: 200, most: 2000, signal })
  if (status) return status
  throw new Retry(`${label} is still working on the picture`, { at: Date.now() + MINUTE })
}

/** The id of the post that the container became. */
export async function publishContainer(call: Call, user: string, id: string): Promise<string> {
  return idOrThrow(await call('POST', `/${user}/media_publish`, { body: { creation_id: id } }))
}

/** The address of a post; undefined where the network does not tell it. */
export async function linkOf(call: Call, id: string): Promise<string | undefined> {
  const answer = await call('GET', `/${id}?fields=permalink`)
  if (isPassing(answer)) throw refusal(answer)
  return contentOf(answer, WithLink)?.permalink
}

/** Among our own newest posts, the one with this caption that is not older than `since` (ms); captions come back without their @ signs. */
export async function findPost(call: Call, user: string, caption: string, since: number) {
  const fields = 'id,caption,permalink,timestamp'
  const answer = await call('GET', `/${user}/media?fields=${fields}&limit=${RECENT}`)
  const posts = contentOf(answer, MediaList)?.data
  if (!posts) throw refusal(answer)
  const found = posts.find(
    post =>
      post && plain(post.caption) === plain(caption) && timeOf(post.timestamp) > since - 5 * MINUTE,
  )
  return found && { id: found.id, ...(found.permalink && { url: found.permalink }) }
}

const plain = (text: string) =>
  text.normalize('NFC').replaceAll('@', '').replaceAll(/\s+/g, ' ').trim()

/** They write +0000, Date.parse wants +00:00. */
const timeOf = (timestamp: string) => Date.parse(timestamp.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))

/** Writes a comment below a post, unless the same is there already. */
export async function comment(call: Call, id: string, message: string): Promise<void> {
  const known = await call('GET', `/${id}/comments?fields=text&limit=50`)
  if (contentOf(known, Comments)?.data.some(each => each?.text === message)) return
  const answer = await call('POST', `/${id}/comments`, { body: { message } })
  if (contentOf(answer, WithId)) return
  if (isUnknown(answer)) throw new Suppressed('the post is no longer there')
  const failure = refusal(answer)
  // The token may publish: that it may not comment is no reason to stop the part.
  throw failure instanceof Stopped && !isTokenWrong(answer)
    ? new Dead(`${failure.message} (a correction needs instagram_business_manage_comments)`)
    : failure
}

function idOrThrow(answer: FarAnswer): string {
  const id = contentOf(answer, WithId)?.id
  if (!id) throw refusal(answer)
  return id
}

const errorIn = ({ json }: FarAnswer) => Refused.safeParse(json).data?.error ?? {}

/** "Object does not exist, cannot be loaded due to missing permissions …" (graph-api/guides/error-handling). */
function isUnknown(answer: FarAnswer): boolean {
  const { code, error_subcode: sub } = errorIn(answer)
  return answer.status >= 400 && answer.status < 500 && code === 100 && sub === 33
}

const isTokenWrong = (answer: FarAnswer) =>
  answer.status === 401 || [102, 190].includes(errorIn(answer).code ?? 0)

/**
 * Their codes say more than their status, which is 400 for most (…/graph-api/guides/error-handling).
 * Token, permission, a locked account: the part stops. Their limits: later, all of it. What is said to pass by itself, or with a new container: later.
 */
function refusal(answer: FarAnswer): Error {
  const { code = 0, error_subcode: sub, is_transient: passes } = errorIn(answer)
  const failure = failureOf(answer)
  if (sub === 2207042) return new Retry(failure.message, { at: Date.now() + LIMIT_MS })
  if ([4, 17, 32, 613, 80002].includes(code))
    return new Retry(failure.message, { at: Date.now() + regain(answer.headers), pause: '' })
  if ([3, 10, 102, 190].includes(code) || (code >= 200 && code < 300) || sub === 2207050)
    return new Stopped(failure.message)
  if (passes || [-2, -1, 1, 2, 24, 341, 368, 9004, 9007].includes(code))
    return new Retry(failure.message)
  return failure
}

/** How long (ms) until calls are taken again: minutes in a header (…/graph-api/overview/rate-limiting), else a quarter of an hour. */
function regain(headers: Headers): number {
  const usage = headers.get('x-business-use-case-usage') ?? ''
  const minutes = Number(/"estimated_time_to_regain_access":\s*(\d+)/.exec(usage)?.[1])
  return (minutes > 0 ? Math.min(minutes, 24 * 60) : 15) * MINUTE
}
