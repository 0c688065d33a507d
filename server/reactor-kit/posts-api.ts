/**
 * Writes, finds and deletes short posts with a picture through version 2 of the X API, as
 * documented at https://docs.x.com/x-api.
 */
import { z } from 'zod'
import { shorten } from '../../shared/wording'
import { Dead, Retry, Stopped, Suppressed } from '../delivery/contract/define-reactor'
import type { Call } from './api-client'
import { asWritten, comparable, ShownText } from './as-written'
import { contentOf, failureOf, type FarAnswer, isPassing } from './http-answer'
import { neverLeft } from './never-left'
import { type Picture, pictureForm } from './pictures'

const ALT_MOST = 1000
/**
 * How many of our own posts are searched for one whose id we never got; each one read costs money.
 */
const RECENT = 20

export interface NewPost {
  text: string
  media?: { media_ids: string[] }
  reply?: { in_reply_to_tweet_id: string }
}

/**
 * Returns the post's id; undefined if the same words are already there but we cannot see them.
 * Calls `onNothingPosted` before throwing if this call certainly posted nothing.
 */
export async function createPost(
  call: Call,
  body: NewPost,
  onNothingPosted: () => Promise<unknown> = async () => {},
): Promise<string | undefined> {
  const answer = await call('POST', '/2/tweets', { body }).catch(async error => {
    if (neverLeft(error)) await onNothingPosted()
    throw error
  })
  if (answer.status === 403 && /duplicate content/i.test(answer.text))
    return findPost(call, body.text)
  const id = idIn(answer)
  if (id) return id
  if (answer.status >= 400 && answer.status < 500) await onNothingPosted()
  throw refusal(answer, body.reply !== undefined)
}

/** A post that no longer exists counts as deleted. */
export async function deletePost(call: Call, id: string) {
  const answer = await call('DELETE', `/2/tweets/${id}`)
  // https://docs.x.com/x-api/fundamentals/response-codes-and-errors: 404 means that it does not
  // exist or was deleted.
  const isGone = answer.status === 404 && answer.json !== undefined
  if (!isGone && !contentOf(answer, Deleted)) throw refusal(answer)
}

/**
 * Finds the post with these words among our newest ones; undefined if it is not there or we may not
 * read it.
 */
export async function findPost(call: Call, words: string): Promise<string | undefined> {
  const account = await call('GET', '/2/users/me')
  const ourPosts = `/2/users/${idIn(account)}/tweets?max_results=${RECENT}&tweet.fields=entities`
  const answer = idIn(account) ? await call('GET', ourPosts) : account
  if (isPassing(answer)) throw refusal(answer)
  const posts = contentOf(answer, Timeline)?.data ?? []
  return posts.find(each => each && asWritten(each) === comparable(words))?.id
}

/**
 * Uploads a picture with its alt text and returns its id. A refused description does not stop the
 * post.
 */
export async function uploadPicture(call: Call, picture: Picture): Promise<string> {
  const fields = { media_type: picture.type, media_category: 'tweet_image' }
  const body = pictureForm('media', picture, fields)
  const answer = await call('POST', '/2/media/upload', { body })
  const id = idIn(answer)
  if (!id) throw refusal(answer)
  const alt_text = { text: shorten(picture.alt, ALT_MOST) }
  const described = await call('POST', '/2/media/metadata', {
    body: { id, metadata: { alt_text } },
  })
  if (isPassing(described)) throw refusal(described)
  return id
}

/** Ids are digits (https://docs.x.com/x-api/posts/create-post); they become part of later paths. */
const Id = z.string().regex(/^\d{1,19}$/)
const WithId = z.object({ data: z.object({ id: Id }) })
const Deleted = z.object({ data: z.object({ deleted: z.literal(true) }) })
const Timeline = z.object({ data: z.array(ShownText.extend({ id: Id }).nullable().catch(null)) })

const idIn = (answer: FarAnswer) => contentOf(answer, WithId)?.data.id

/**
 * What `failureOf` cannot know: a 403 may also mean that a text, a reply or an app is wrong, and a
 * 402 that the credit is used up. A refused reply is about that reply alone, because the post was
 * accepted with the same keys.
 */
function refusal(answer: FarAnswer, isReply = false): Error {
  const { status, text } = answer
  const failure = failureOf(answer)
  const says = (words: RegExp, ...among: number[]) => among.includes(status) && words.test(text)
  if (status === 402 || says(/usage-capped|spend ?cap/i, 403, 429))
    return new Stopped(failure.message)
  if (says(/media ids are invalid/i, 400)) return new Retry(failure.message)
  if (says(/client-forbidden|not-enrolled|app permissions|suspended|locked/i, 403)) return failure
  if (says(/deleted or not visible/i, 403)) return new Suppressed('the post is no longer there')
  if (says(/too long|cashtag|not authorized to delete/i, 403)) return new Dead(failure.message)
  return status === 403 && isReply ? new Dead(failure.message) : failure
}
