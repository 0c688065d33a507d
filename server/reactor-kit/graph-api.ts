/**
 * Posts pictures through the Graph API, as documented at https://developers.facebook.com/docs:
 * prepares them in a container, publishes them, and finds them again.
 */
import { z } from 'zod'
import { Dead, Retry, Stopped, Suppressed } from '../delivery/contract/define-reactor'
import type { Call } from './api-client'
import { contentOf, failureOf, type FarAnswer, isPassing, webLink } from './http-answer'
import { poll } from './poll'

const MINUTE = 60_000
/** The publishing limit covers a rolling 24 hours; nine attempts this far apart outlast it. */
const LIMIT_MS = 4 * 60 * MINUTE
/** How many of our own newest posts are searched. */
const RECENT = 25

/** Ids are checked to be digits, because they become part of later paths. */
const WithId = z.object({ id: z.string().regex(/^\d{1,30}$/) })
const WithLink = z.object({ permalink: webLink })
const Container = z.object({
  status_code: z.string().max(40),
  status: z.string().catch(''),
})
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

/** How many posts are left, and of how many; undefined if the network does not say. */
export async function postsLeft(call: Call, user: string) {
  const answer = await call('GET', `/${user}/content_publishing_limit?fields=quota_usage,config`)
  if (isUnknown(answer)) throw wrongAccount(answer)
  if (answer.status >= 300) throw refusal(answer)
  const [limit] = contentOf(answer, Limits)?.data ?? []
  if (!limit) return undefined
  const total = limit.config.quota_total
  const left = Math.max(total - limit.quota_usage, 0)
  return { left, of: total, backAt: Date.now() + LIMIT_MS }
}

/**
 * Returns the id of an unpublished container with this picture and caption; it expires by itself in
 * a day.
 */
export async function createContainer(call: Call, user: string, body: object): Promise<string> {
  const answer = await call('POST', `/${user}/media`, { body })
  if (isUnknown(answer)) throw wrongAccount(answer)
  return idOrThrow(answer)
}

/**
 * `code` is FINISHED, PUBLISHED, EXPIRED or ERROR, or "lost" if the network does not know the
 * container; `reason` are its words about it. It usually takes seconds, so we wait a few.
 */
export async function statusOf(
  call: Call,
  container: string,
  signal: AbortSignal,
): Promise<{ code: string; reason: string }> {
  let label = ''
  const ask = async () => {
    const answer = await call('GET', `/${container}?fields=status_code,status`)
    label = answer.label
    if (isUnknown(answer)) return { code: 'lost', reason: '' }
    const state = contentOf(answer, Container)
    if (!state) throw refusal(answer)
    const { status_code: code, status: reason } = state
    return code === 'IN_PROGRESS' ? undefined : { code, reason }
  }
  const status = await poll(ask, { first: 200, most: 2000, signal })
  if (status) return status
  throw new Retry(`${label} is still working on the picture`, { at: Date.now() + MINUTE })
}

/** Returns the id of the post that the container has become. */
export async function publishContainer(call: Call, user: string, id: string): Promise<string> {
  return idOrThrow(await call('POST', `/${user}/media_publish`, { body: { creation_id: id } }))
}

/** The address of a post, if the network gives it. */
export async function linkOf(call: Call, id: string): Promise<{ url?: string }> {
  const answer = await call('GET', `/${id}?fields=permalink`)
  if (isPassing(answer)) throw refusal(answer)
  const url = contentOf(answer, WithLink)?.permalink
  return url ? { url } : {}
}

/**
 * Finds a post whose id we never got by its caption, among our newest ones since `at` (ms); captions
 * come back without their @ signs (see `caption` in the reference).
 */
export async function findPost(
  call: Call,
  user: string,
  { caption = '', at = 0 }: { caption?: string; at?: number },
) {
  const fields = 'id,caption,permalink,timestamp'
  const answer = await call('GET', `/${user}/media?fields=${fields}&limit=${RECENT}`)
  const posts = contentOf(answer, MediaList)?.data
  if (!posts) throw refusal(answer)
  const found = posts.find(
    post =>
      post && plain(post.caption) === plain(caption) && timeOf(post.timestamp) > at - 5 * MINUTE,
  )
  return found && { id: found.id, ...(found.permalink && { url: found.permalink }) }
}

const plain = (text: string) =>
  text
    .normalize('NFC')
    .replaceAll(/[@\u200B]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** They write +0000, but Date.parse expects +00:00. */
const timeOf = (timestamp: string) => Date.parse(timestamp.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))

/** Writes a comment below a post, unless the same one is already there. */
export async function comment(call: Call, id: string, message: string): Promise<void> {
  const known = await call('GET', `/${id}/comments?fields=text&limit=50`)
  if (contentOf(known, Comments)?.data.some(each => each?.text === message)) return
  const answer = await call('POST', `/${id}/comments`, { body: { message } })
  if (contentOf(answer, WithId)) return
  if (isUnknown(answer)) throw new Suppressed('the post is no longer there')
  const failure = refusal(answer)
  // The token may publish, so not being allowed to comment is not a reason to stop the part.
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

/**
 * "Object does not exist, cannot be loaded due to missing permissions …"
 * (graph-api/guides/error-handling).
 */
function isUnknown(answer: FarAnswer): boolean {
  const { code, error_subcode: sub } = errorIn(answer)
  return answer.status >= 400 && answer.status < 500 && code === 100 && sub === 33
}

/** The account is the only object that these calls name. */
const wrongAccount = (answer: FarAnswer) =>
  new Stopped(`${failureOf(answer).message} (is it the id of the token's own account?)`)

/** True if the network does not accept the token (any more). */
export const isTokenWrong = (answer: FarAnswer) =>
  answer.status === 401 || [102, 190].includes(errorIn(answer).code ?? 0)

/**
 * The error codes say more than the status, which is usually 400
 * (…/graph-api/guides/error-handling, …/reference/error-codes). A token,
 * permission, version or locked account stops the part. A limit pauses everything. Errors that are
 * documented to pass by themselves, or with a new container, are tried again.
 */
export function refusal(answer: FarAnswer): Error {
  const { code = 0, error_subcode: sub, is_transient: passes } = errorIn(answer)
  const failure = failureOf(answer)
  if (sub === 2207042) return new Retry(failure.message, { at: Date.now() + LIMIT_MS })
  if ([4, 17, 32, 613, 80002].includes(code))
    return new Retry(failure.message, { at: Date.now() + timeToRegain(answer.headers), pause: '' })
  if (
    [3, 10, 12, 102, 190, 2500, 2635].includes(code) ||
    (code >= 200 && code < 300) ||
    sub === 2207050
  )
    return new Stopped(failure.message)
  if (passes || [-2, -1, 1, 2, 24, 341, 368, 9004, 9007].includes(code))
    return new Retry(failure.message)
  return failure
}

/**
 * How long (ms) until calls are accepted again: the minutes in a header
 * (…/graph-api/overview/rate-limiting), or a quarter of an hour.
 */
function timeToRegain(headers: Headers): number {
  const usage = headers.get('x-business-use-case-usage') ?? ''
  const minutes = Number(/"estimated_time_to_regain_access":\s*(\d+)/.exec(usage)?.[1])
  return (minutes > 0 ? Math.min(minutes, 24 * 60) : 15) * MINUTE
}
