/** A review is one post on X: written on publish with its picture and, by a setting, its link; a correction is a reply below it; all of it is deleted when the review is withdrawn. */
import { createHmac } from 'node:crypto'
import OAuth from 'oauth-1.0a'
import type { PublicReview } from '../../shared/types/review'
import { linksIn, weightedLength } from '../../shared/weighted-length'
import { filmOf, shorten, verdictOf } from '../../shared/wording'
import {
  type About,
  Dead,
  defineReactor,
  type Delivery,
  type Quota,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { halfSet, noAddress } from '../delivery/contract/settings-rules'
import { outboundFetch, trusted } from '../outbound/client'
import { failureOf, type FarAnswer, readAnswer } from '../reactor-kit/http-answer'
import { illustration, illustrationShown } from '../reactor-kit/pictures'

const settings = {
  url: 'https://api.x.com',
  apiKey: '',
  apiSecret: '',
  accessToken: '',
  accessSecret: '',
  link: 'post',
}
type Settings = typeof settings
type Sending = Delivery<undefined, undefined, Settings>

/** `replies` stand below the post. `said` are words whose id X has not told us: of the post while it has no `id`, then of a reply. */
interface Posted extends Receipt {
  replies?: string[]
  said?: string
}
/** `words` are those under way: a repeat must say the same, or X would take it for another post. */
interface Progress {
  words?: Words
  receipt?: Posted
}
interface Words {
  say: string
  reply?: string
}

const MOST = 280
const ALT_MOST = 1000
/** Own posts among which one is looked for whose id we were not told; each that is read is paid for. */
const RECENT = 20
/** US dollars by X's price list, https://docs.x.com/x-api/getting-started/pricing. */
const PRICE = { plain: 0.015, link: 0.2 }

export default defineReactor<undefined, undefined, Settings>({
  name: 'x',
  label: 'X',
  settings,
  ready({ url, link, ...keys }) {
    if (link && !['post', 'reply', 'none'].includes(link))
      return 'NUXT_X_LINK must be post, reply or none'
    return noAddress('NUXT_X_URL', url) ?? halfSet('x', keys) ?? true
  },
  on: { ReviewPublished: publish, ReviewCorrected: correct, ReviewArchived: withdraw },
  render(review, about) {
    const { say, line, reply } = wordsOf(review, about)
    const length = weightedLength(say)
    const over = length - MOST
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
      ...(over > 0 && { problem: `is ${over} character${over === 1 ? '' : 's'} too long` }),
    }
  },
})

/** The post, and the reply that holds the link where the setting says so. Our own words are cut to fit, a critic's never. */
function wordsOf(
  { title, movie, rating, summary, url }: PublicReview,
  { settings: { link }, text }: Pick<About<Settings>, 'settings' | 'text'>,
): Words & { line: string } {
  const head = `${fit(title, 90)}\n${fit(filmOf(movie), 80)}: ${verdictOf(rating)}`
  const end = link === 'post' ? `\n\n${url}` : ''
  const line = text ?? fit(summary, MOST - weightedLength(`${head}\n\n${end}`))
  return {
    say: `${head}${line && `\n\n${line}`}${end}`,
    line,
    reply: link === 'reply' ? `The whole review: ${url}` : undefined,
  }
}

/** As much of it as weighs no more than `most`, cut between words. */
function fit(text: string, most: number): string {
  for (let letters = most; letters > 0; letters--) {
    const cut = shorten(text, letters)
    if (weightedLength(cut) <= most) return cut
  }
  return ''
}

function costOf(posts: string[]): string {
  const linked = posts.some(post => linksIn(post).length)
  const price = posts
    .filter(Boolean)
    .reduce((sum, post) => sum + (linksIn(post).length ? PRICE.link : PRICE.plain), 0)
  return `About $${price.toFixed(3).replace(/0$/, '')} by X's price list${linked ? `: a post with a link costs $${PRICE.link.toFixed(2)}, one without $${PRICE.plain}` : ''}.`
}

/** The post, then the reply: what is about to be said is on disk before it is, so that an attempt which was cut off is repeated, not said in other words. */
async function publish(sending: Sending): Promise<Posted> {
  let progress = (sending.progress ?? {}) as Progress
  const save = (news: Progress) => sending.saveProgress((progress = { ...progress, ...news }))
  const { say, reply } = progress.words ?? wordsOf(sending.review, sending)
  const first = !progress.words
  if (!progress.receipt?.id) {
    const media = await upload(sending)
    await save({ words: { say, reply }, receipt: { said: say } })
    await save({
      receipt: await post(
        sending,
        { text: say, media: { media_ids: [media] } },
        async () => first && save({ words: undefined, receipt: undefined }),
      ),
    })
  }
  const { id, url } = progress.receipt!
  if (!reply || !id) return progress.receipt!
  await save({ receipt: { id, url, said: reply } })
  const below = await post(sending, { text: reply, reply: { in_reply_to_tweet_id: id } })
  return { id, url, replies: below.id ? [below.id] : [] }
}

async function correct(sending: Sending): Promise<Posted> {
  const {
    event,
    review: { movie },
  } = sending
  const receipt = posted(sending)
  const { id, url, replies = [] } = receipt
  if (receipt.gone) throw new Suppressed('the post was deleted when the review was withdrawn')
  if (!id) throw new Suppressed('X did not say where the post is, so nothing can be added below it')
  const note = event.type === 'ReviewCorrected' ? event.data.note : ''
  const said = fit(`Corrected, ${fit(filmOf(movie), 80)}: ${note}`, MOST)
  await sending.saveProgress({ receipt: { ...receipt, said } })
  const below = await post(sending, { text: said, reply: { in_reply_to_tweet_id: id } })
  return { id, url, replies: below.id ? [...replies, below.id] : replies }
}

async function withdraw(sending: Sending): Promise<Posted> {
  const receipt = posted(sending)
  if (receipt.gone) return receipt
  const found = receipt.said === undefined ? undefined : await find(sending, receipt.said)
  const ids = new Set(
    [...(receipt.replies ?? []), found, receipt.id].filter(id => id !== undefined),
  )
  if (!ids.size)
    return {
      ...receipt,
      byHand: 'X did not say where this post is: if the account shows it, delete it there',
    }
  for (const id of ids) {
    const answer = await call(sending, 'DELETE', `/2/tweets/${id}`)
    // https://docs.x.com/x-api/fundamentals/response-codes-and-errors: 404, it does not exist or was deleted.
    if ((answer.status !== 404 || answer.json === undefined) && answer.json?.data?.deleted !== true)
      throw refusal(answer)
  }
  return { ...receipt, gone: true }
}

function posted({ receipt }: Sending): Posted {
  if (!receipt) throw new Suppressed('nothing was posted')
  return receipt
}

/** The id of our picture at X, with its alt text. A description that is refused is no reason to say nothing. */
async function upload(sending: Sending): Promise<string> {
  const { bytes, type, alt } = await illustration(sending.review)
  const form = new FormData()
  form.set('media', new Blob([new Uint8Array(bytes)], { type }), 'review.jpg')
  form.set('media_type', type)
  form.set('media_category', 'tweet_image')
  const answer = await call(sending, 'POST', '/2/media/upload', form)
  const id = idIn(answer)
  if (!id) throw refusal(answer)
  const described = await call(sending, 'POST', '/2/media/metadata', {
    id,
    metadata: { alt_text: { text: shorten(alt, ALT_MOST) } },
  })
  if (described.status === 429 || described.status >= 500) throw refusal(described)
  return id
}

/** Answers the receipt; without an id where X says that the post is there already and does not show it. `unsaid` is called before throwing when this call surely posted nothing. */
async function post(
  sending: Sending,
  body: { text: string; media?: object; reply?: object },
  unsaid?: () => Promise<unknown>,
): Promise<Posted> {
  const answer = await call(sending, 'POST', '/2/tweets', body)
  const tightest = windowsOf(answer.headers).sort((a, b) => a.left - b.left)[0]
  if (tightest) sending.quota(tightest)
  const there = answer.status === 403 && /duplicate content/i.test(answer.text)
  const id = there ? await find(sending, body.text) : idIn(answer)
  if (id) return { id, url: `https://x.com/i/web/status/${id}` }
  if (there) return { said: body.text }
  if (answer.status >= 400 && answer.status < 500) await unsaid?.()
  throw refusal(answer, body.reply !== undefined)
}

/** Among the newest of our own posts, the one with these words; undefined when it is not there or may not be read. */
async function find(sending: Sending, said: string): Promise<string | undefined> {
  const me = await call(sending, 'GET', '/2/users/me')
  const mine = idIn(me)
    ? await call(
        sending,
        'GET',
        `/2/users/${idIn(me)}/tweets?max_results=${RECENT}&tweet.fields=entities`,
      )
    : me
  if (mine.status === 429 || mine.status >= 500) throw refusal(mine)
  const posts: unknown[] = Array.isArray(mine.json?.data) ? mine.json.data : []
  return posts
    .filter(each => asWritten(each ?? {}) === said.normalize('NFC').trim())
    .map(data => idIn({ ...mine, json: { data } }))
    .find(Boolean)
}

/** A post as X shows it has its links replaced by t.co ones, one more for its picture, and three signs escaped. */
function asWritten({ text, entities }: any): string {
  const links: any[] = Array.isArray(entities?.urls) ? entities.urls : []
  const whole = links.reduce(
    (all: string, link) =>
      all.replace(String(link?.url), () => (link?.media_key ? '' : String(link?.expanded_url))),
    String(text),
  )
  return whole
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .normalize('NFC')
    .trim()
}

/** One call, signed with HMAC-SHA1; neither JSON nor a form of several parts belongs to what is signed (RFC 5849, 3.4.1.3.1). */
async function call(
  { settings: { url, ...keys }, signal }: Sending,
  method: string,
  path: string,
  body?: object,
): Promise<FarAnswer> {
  const target = url.replace(/\/+$/, '') + path
  const packed = body && new Response(body instanceof FormData ? body : JSON.stringify(body))
  const signer = new OAuth({
    consumer: { key: keys.apiKey, secret: keys.apiSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  })
  const { Authorization } = signer.toHeader(
    signer.authorize({ url: target, method }, { key: keys.accessToken, secret: keys.accessSecret }),
  )
  const type = body instanceof FormData ? packed!.headers.get('content-type')! : 'application/json'
  return readAnswer(
    await outboundFetch(trusted('x', url), target, {
      method,
      headers: { authorization: Authorization, ...(packed && { 'content-type': type }) },
      body: await packed?.arrayBuffer(),
      signal,
    }),
  )
}

/** Only what X calls an id (https://docs.x.com/x-api/posts/create-post): it becomes part of later paths. */
const idIn = ({ status, json }: FarAnswer): string | undefined =>
  status < 300 && /^\d{1,19}$/.test(json?.data?.id) ? String(json.data.id) : undefined

/** What failureOf cannot know: X says with 403 that a text, a reply or an app is wrong, and with 402 that the credit is used up. A refused reply is about that reply alone: the post was taken with the same keys. */
function refusal(answer: FarAnswer, reply = false): Error {
  const { status, text, headers, json } = answer
  const detail = json?.errors?.[0]?.message
  const failure = failureOf(detail ? { ...answer, json: { detail } } : answer, 'X', {
    at: status === 429 ? resetOf(headers) : undefined,
  })
  if (status === 402 || ([403, 429].includes(status) && /usage-capped|spend ?cap/i.test(text)))
    return new Stopped(failure.message)
  if (status === 400 && /media ids are invalid/i.test(text)) return new Retry(failure.message)
  if (
    status !== 403 ||
    /client-forbidden|not-enrolled|app permissions|suspended|locked/i.test(text)
  )
    return failure
  if (/deleted or not visible/i.test(text)) return new Suppressed('the post is no longer there')
  return reply || /too long|cashtag|not authorized to delete/i.test(text)
    ? new Dead(failure.message)
    : failure
}

/** The limits that an answer names (https://docs.x.com/x-api/fundamentals/rate-limits). */
function windowsOf(headers: Headers): Quota[] {
  const kinds = [
    ['x-rate-limit', 'posts in these 15 minutes'],
    ['x-user-limit-24hour', 'posts of this account today'],
    ['x-app-limit-24hour', 'posts of this app today'],
  ] as const
  return kinds.flatMap(([name, what]) => {
    const [of, left, reset] = (['limit', 'remaining', 'reset'] as const).map(each =>
      Number(headers.get(`${name}-${each}`) || Number.NaN),
    ) as [number, number, number]
    return left >= 0 && reset > 0 && reset < 1e11
      ? [{ left, ...(of >= 0 && { of }), what, until: new Date(reset * 1000).toISOString() }]
      : []
  })
}

/** When all that is used up comes back (ms), else the first window; undefined where that has passed by our clock. X sends no Retry-After. */
function resetOf(headers: Headers): number | undefined {
  const windows = windowsOf(headers)
  const used = windows.filter(({ left }) => left === 0)
  const until = (used.length ? used : windows.slice(0, 1)).map(window => Date.parse(window.until!))
  const last = Math.max(...until)
  return last > Date.now() ? last : undefined
}
