/** Short posts through an API of version 2, as https://docs.x.com/x-api says it behaves: written, found again, deleted, with a picture. */
import { z } from 'zod'
import { shorten } from '../../shared/wording'
import { Dead, Retry, Stopped, Suppressed } from '../delivery/contract/define-reactor'
import type { Call } from './api-client'
import { asWritten, ShownText } from './as-written'
import { contentOf, failureOf, type FarAnswer, isPassing } from './http-answer'
import { neverLeft } from './never-left'
import { type Picture, pictureForm } from './pictures'

const ALT_MOST = 1000
/** Own posts among which one is looked for whose id we were not told; each that is read is paid for. */
const RECENT = 20

export interface NewPost {
  text: string
  media?: { media_ids: string[] }
  reply?: { in_reply_to_tweet_id: string }
}

/** Answers its id; undefined where the same words are there already and are not shown to us. `unsaid` is called before throwing when this call surely posted nothing. */
export async function createPost(
  call: Call,
  body: NewPost,
  unsaid: () => Promise<unknown> = async () => {},
): Promise<string | undefined> {
  const answer = await call('POST', '/2/tweets', { body }).catch(async error => {
    if (neverLeft(error)) await unsaid()
    throw error
  })
  if (answer.status === 403 && /duplicate content/i.test(answer.text))
    return findPost(call, body.text)
  const id = idIn(answer)
  if (id) return id
  if (answer.status >= 400 && answer.status < 500) await unsaid()
  throw refusal(answer, body.reply !== undefined)
}

/** One that is not there any more is as good as deleted. */
export async function deletePost(call: Call, id: string) {
  const answer = await call('DELETE', `/2/tweets/${id}`)
  // https://docs.x.com/x-api/fundamentals/response-codes-and-errors: 404, it does not exist or was deleted.
  const isGone = answer.status === 404 && answer.json !== undefined
  if (!isGone && !contentOf(answer, Deleted)) throw refusal(answer)
}

/** Among the newest of our own posts, the one with these words; undefined when it is not there or may not be read. */
export async function findPost(call: Call, said: string): Promise<string | undefined> {
  const me = await call('GET', '/2/users/me')
  const mine = `/2/users/${idIn(me)}/tweets?max_results=${RECENT}&tweet.fields=entities`
  const answer = idIn(me) ? await call('GET', mine) : me
  if (isPassing(answer)) throw refusal(answer)
  const posts = contentOf(answer, Timeline)?.data ?? []
  return posts.find(each => each && asWritten(each) === said.normalize('NFC').trim())?.id
}

/** The id of the picture there, with its alt text. A description that is refused is no reason to say nothing. */
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

/** What failureOf cannot know: 403 also says that a text, a reply or an app is wrong, and 402 that the credit is used up. A refused reply is about that reply alone: the post was taken with the same keys. */
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
