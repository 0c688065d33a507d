/**
 * Posts each review on X with its picture and, depending on a setting, its link; a correction is a
 * reply below it, and archiving deletes all of them.
 */
import { z } from 'zod'
import type { PublicReview } from '../../shared/types/review'
import { filmOf, tooLong, verdictOf, withoutMentions } from '../../shared/wording'
import {
  type About,
  defineReactor,
  type Receipt,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { address, secret } from '../delivery/contract/settings-rules'
import { apiClient, type Call, type NetworkDelivery } from '../reactor-kit/api-client'
import { linksIn } from '../reactor-kit/bare-links'
import { cutToFit } from '../reactor-kit/cut-to-fit'
import { oauth1Signature } from '../reactor-kit/oauth1-signature'
import { illustration, illustrationShown } from '../reactor-kit/pictures'
import { createPost, deletePost, findPost, uploadPicture } from '../reactor-kit/posts-api'
import { type ProgressOf, progressOf } from '../reactor-kit/progress'
import { weightedLength } from '../reactor-kit/weighted-length'

const settings = z.object({
  apiKey: secret().describe('the API key of the app (OAuth 1.0a, "read and write")'),
  apiSecret: secret().describe('the secret of that key'),
  accessToken: secret().describe('the access token of the account'),
  accessSecret: secret().describe('the secret of that token'),
  link: z
    .enum(['post', 'reply', 'none'], 'must be post, reply or none')
    .default('post')
    .describe(
      'where X gets the link: `post`, `reply` (a second post below), `none`; a post with a link costs more',
    ),
  url: address().default('https://api.x.com').describe("where X's API is"),
})
type Settings = z.output<typeof settings>
type Sending = NetworkDelivery<Settings>

/**
 * `replies` are those below the post. `said` are words whose id X has not given us: those of the
 * post while it has no `id`, then those of a reply.
 */
interface Posted extends Receipt {
  replies?: string[]
  said?: string
}
interface Words {
  say: string
  reply?: string
}
/**
 * `words` are those under way: a repeat must say the same, or X would treat it as another post.
 * `line` is the critic's own among them.
 */
interface Progress {
  words?: Words & { line?: string }
  receipt?: Posted
}

const MOST = 280
/** US dollars, from X's price list, https://docs.x.com/x-api/getting-started/pricing. */
const PRICE = { plain: 0.015, link: 0.2 }

export default defineReactor<undefined, undefined, Settings>({
  name: 'x',
  label: 'X',
  settings,
  on: { ReviewPublished: publish, ReviewCorrected: correct, ReviewArchived: takeDown },
  does: { ReviewCorrected: { reach: 'notified', says: 'Posts the correction below its post' } },
  render(review, about) {
    const { say, line, reply } = wordsOf(review, about)
    const length = weightedLength(say)
    return {
      say,
      line,
      reply,
      length,
      limit: MOST,
      picture: illustrationShown(review),
      cost: costOf([say, reply ?? '']),
      ...(review.spoiler && {
        warning: 'X has no spoiler warnings: keep spoilers out of this text.',
      }),
      problem: tooLong(length, MOST),
    }
  },
})

/**
 * The post, and the reply with the link if the setting asks for one. Our own words are cut to fit,
 * a critic's never are.
 */
function wordsOf(
  { title, movie, rating, summary, url }: PublicReview,
  { settings: { link }, text }: Pick<About<Settings>, 'settings' | 'text'>,
): Words & { line: string } {
  const head = withoutMentions(`${fit(title, 90)}\n${fit(filmOf(movie), 80)}: ${verdictOf(rating)}`)
  const end = link === 'post' ? `\n\n${url}` : ''
  const line = text ?? fit(withoutMentions(summary), MOST - weightedLength(`${head}\n\n${end}`))
  return {
    say: `${head}${line && `\n\n${line}`}${end}`,
    line,
    reply: link === 'reply' ? `The whole review: ${url}` : undefined,
  }
}

const fit = (text: string, most: number) => cutToFit(text, most, weightedLength)

function costOf(posts: string[]): string {
  const prices = posts
    .filter(Boolean)
    .map(post => (linksIn(post).length ? PRICE.link : PRICE.plain))
  const sum = prices.reduce((total, price) => total + price, 0).toFixed(3)
  const why = prices.includes(PRICE.link)
    ? `: a post with a link costs $${PRICE.link.toFixed(2)}, one without $${PRICE.plain}`
    : ''
  return `About $${sum.replace(/0$/, '')} by X's price list${why}.`
}

/**
 * Posts, then replies. Words are on disk before they are sent, so that an interrupted attempt is
 * repeated with the same words, not with others.
 */
async function publish(sending: Sending): Promise<Posted> {
  const call = connect(sending)
  const progress = progressOf<Progress>(sending)
  const { now, save } = progress
  const words = await wordsUnderWay(call, progress, sending.text)
  const { say, reply } = words ?? wordsOf(sending.review, sending)
  const forget = async () => words ?? save({ words: undefined, receipt: undefined })
  if (!now().receipt?.id) {
    const media = { media_ids: [await uploadPicture(call, await illustration(sending.review))] }
    await save({ words: { say, reply, line: sending.text }, receipt: { said: say } })
    const id = await createPost(call, { text: say, media }, forget)
    await save({ receipt: id ? { id, url: addressOf(id) } : { said: say } })
  }
  const { id, url } = now().receipt!
  if (!reply || !id) return now().receipt!
  await save({ receipt: { id, url, said: reply } })
  const below = await createPost(call, { text: reply, reply: { in_reply_to_tweet_id: id } })
  return { id, url, replies: below ? [below] : [] }
}

/**
 * What an earlier attempt may have posted. If somebody chose another line since, those words only
 * count if X shows them.
 */
async function wordsUnderWay(
  call: Call,
  { now, save }: ProgressOf<Progress>,
  line: string | undefined,
): Promise<Progress['words']> {
  const { words, receipt } = now()
  if (!words || receipt?.id || words.line === line) return words
  const id = await findPost(call, words.say)
  await save(
    id ? { receipt: { id, url: addressOf(id) } } : { words: undefined, receipt: undefined },
  )
  return id ? words : undefined
}

async function correct(sending: Sending): Promise<Posted> {
  const { event, review } = sending
  const receipt = postedBefore(sending)
  const { id, url, replies = [] } = receipt
  if (receipt.gone) throw new Suppressed('the post was deleted when the review was archived')
  if (!id) throw new Suppressed('X did not say where the post is, so nothing can be added below it')
  const note = event.type === 'ReviewCorrected' ? event.data.note : ''
  const text = fit(withoutMentions(`Corrected, ${fit(filmOf(review.movie), 80)}: ${note}`), MOST)
  await sending.saveProgress({ receipt: { ...receipt, said: text } })
  const reply = { in_reply_to_tweet_id: id }
  const below = await createPost(connect(sending), { text, reply })
  return { id, url, replies: below ? [...replies, below] : replies }
}

async function takeDown(sending: Sending): Promise<Posted> {
  const call = connect(sending)
  const receipt = postedBefore(sending)
  if (receipt.gone) return receipt
  const { said, replies = [], id } = receipt
  const found = said === undefined ? undefined : await findPost(call, said)
  const ids = new Set([...replies, found, id].filter(each => each !== undefined))
  if (!ids.size)
    return {
      ...receipt,
      byHand: 'X did not say where this post is: if the account shows it, delete it there',
    }
  for (const each of ids) await deletePost(call, each)
  return { ...receipt, gone: true }
}

function postedBefore({ receipt }: Sending): Posted {
  if (!receipt) throw new Suppressed('nothing was posted')
  return receipt
}

const addressOf = (id: string) => `https://x.com/i/web/status/${id}`

const connect = apiClient({
  part: 'x',
  label: 'X',
  settings,
  url: ({ url }) => url,
  headers: (sending, request) => ({ authorization: oauth1Signature(request, sending.settings) }),
  // https://docs.x.com/x-api/fundamentals/rate-limits; X sends no Retry-After.
  limits: {
    'x-rate-limit': 'posts in these 15 minutes',
    'x-user-limit-24hour': 'posts of this account today',
    'x-app-limit-24hour': 'posts of this app today',
  },
  limitsOf: 'POST /2/tweets',
})
