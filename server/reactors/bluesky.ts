/** A review is one post on Bluesky with a card that leads to it. Its key is made of the review, so that writing it twice is writing it once; a fix and a correction write it anew, an archive deletes it. */
import { createHash } from 'node:crypto'
import type { AtpAgent } from '@atproto/api'
import { figure } from '../../shared/rating'
import type { PublicReview } from '../../shared/types/review'
import {
  filmOf,
  fitted,
  hashtagsOf,
  letters,
  sentence,
  shorten,
  tooLong,
} from '../../shared/wording'
import {
  type About,
  defineReactor,
  type Delivery,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { halfSet, noAddress } from '../delivery/contract/settings-rules'
import { checkTarget, fetchFor, OutboundRefused, trusted } from '../outbound/client'
import { failureOf } from '../reactor-kit/http-answer'
import { illustration, illustrationShown } from '../reactor-kit/pictures'

const settings = { service: 'https://bsky.social', identifier: '', password: '' }
type Settings = typeof settings
type Sending = Delivery<undefined, undefined, Settings>

/** app.bsky.feed.post: 300 graphemes and 3,000 bytes; app.bsky.embed.external: a thumb of 1,000,000 bytes. */
const MOST = 300
const MOST_BYTES = 3000
const THUMB_BYTES = 1_000_000
const MOST_TAGS = 8
const COLLECTION = 'app.bsky.feed.post'
/** Letters that each piece may have; the narrow ones where the wide leave no room for a line. */
const WIDTHS = [
  { title: 120, film: 80, name: 40, url: 120, note: 120 },
  { title: 60, film: 45, name: 25, url: 70, note: 45 },
]
/** Answers that only the account's owner can change, whatever their status. */
const LOCKED_OUT = new Set([
  'AuthFactorTokenRequired',
  'AuthenticationRequired',
  'AccountTakedown',
  'AccountDeactivated',
  'AccountSuspended',
  'RepoTakendown',
  'RepoDeactivated',
  'RepoSuspended',
  'ExpiredToken',
  'InvalidToken',
])

export default defineReactor<undefined, undefined, Settings>({
  name: 'bluesky',
  label: 'Bluesky',
  settings,
  ready: ({ service, ...account }) =>
    noAddress('NUXT_BLUESKY_SERVICE', service) ?? halfSet('bluesky', account) ?? true,
  on: {
    ReviewPublished: sending => signedIn(sending, write),
    ReviewFixed: sending => signedIn(sending, rewrite),
    ReviewCorrected: sending => signedIn(sending, rewrite),
    ReviewArchived: sending => signedIn(sending, withdraw),
  },
  render(review, about) {
    const { text, line } = wordsOf(review, about)
    const length = measure(text)
    return {
      say: text,
      line,
      length,
      limit: MOST,
      picture: illustrationShown(review),
      problem: tooLong(length, MOST),
    }
  },
})

/** Graphemes, or bytes where those run out first. */
const measure = (text: string) =>
  Math.max(letters(text).length, Math.ceil((Buffer.byteLength(text) * MOST) / MOST_BYTES))

function wordsOf(
  review: PublicReview,
  { text, edited }: Pick<About<Settings>, 'text'> & { edited?: boolean },
) {
  const { title, movie, rating, summary, critic, url, spoiler, corrections } = review
  const note = corrections.at(-1)?.note
  const sayers = WIDTHS.map(
    most => (line: string, tags: string[]) =>
      [
        line,
        `“${shorten(title, most.title)}”, ${shorten(critic.name, most.name)} on ${shorten(filmOf(movie), most.film)}: ${figure(rating)} of 5.${spoiler ? ' With spoilers.' : ''}\n${shorten(url, most.url)}`,
        tags.join(' '),
        note && `Corrected: ${shorten(sentence(note), most.note)}`,
      ]
        .filter(Boolean)
        .join('\n\n'),
  )
  const say = sayers.find(say => measure(say(shorten(summary, 40), [])) <= MOST) ?? sayers.at(-1)!
  // A critic's line that fitted when it was chosen gives way to the note of a later correction.
  return fitted({
    line: text ?? summary,
    tags: hashtagsOf(review).slice(0, MOST_TAGS),
    most: MOST,
    count: measure,
    say,
    chosen: text !== undefined && !edited,
  })
}

async function write(sending: Sending, agent: AtpAgent, edited = false): Promise<Receipt> {
  const { review, signal } = sending
  const rkey = keyOf(review)
  const { text } = wordsOf(review, { ...sending, edited })
  const {
    data: { blob: thumb },
  } = await agent.uploadBlob(await thumbOf(review), { encoding: 'image/jpeg', signal })
  const record = {
    $type: COLLECTION,
    text,
    facets: await facetsOf(text, review.url),
    langs: ['en'],
    createdAt: review.publishedAt,
    tags: hashtagsOf(review)
      .filter(tag => !text.includes(tag))
      .slice(0, MOST_TAGS)
      .map(tag => tag.slice(1)),
    embed: {
      $type: 'app.bsky.embed.external',
      external: { uri: review.url, title: review.title, description: review.summary, thumb },
    },
  }
  const { data, headers } = await agent.com.atproto.repo.putRecord(
    { repo: agent.assertDid, collection: COLLECTION, rkey, record },
    { signal, encoding: 'application/json' },
  )
  tellQuota(sending, headers)
  return { id: data.uri, url: `https://bsky.app/profile/${agent.assertDid}/post/${rkey}` }
}

/** Writing a record makes it where there is none: a post that somebody deleted there must not come back by a fix. */
async function rewrite(sending: Sending, agent: AtpAgent): Promise<Receipt> {
  if (sending.receipt?.gone)
    throw new Suppressed('the post was deleted when the review was withdrawn')
  if (!(await isThere(sending, agent)))
    throw new Suppressed(sending.receipt ? 'the post is no longer there' : 'nothing was posted')
  return write(sending, agent, true)
}

/** By its key, so that also a post is deleted whose receipt never came. */
async function withdraw(sending: Sending, agent: AtpAgent): Promise<Receipt> {
  const { review, receipt, signal } = sending
  if (!receipt && !(await isThere(sending, agent))) throw new Suppressed('nothing was posted')
  const { headers } = await agent.com.atproto.repo.deleteRecord(
    { repo: agent.assertDid, collection: COLLECTION, rkey: keyOf(review) },
    { signal, encoding: 'application/json' },
  )
  tellQuota(sending, headers)
  return { ...receipt, gone: true }
}

async function isThere({ review, signal }: Sending, agent: AtpAgent): Promise<boolean> {
  try {
    return Boolean(
      await agent.com.atproto.repo.getRecord(
        { repo: agent.assertDid, collection: COLLECTION, rkey: keyOf(review) },
        { signal },
      ),
    )
  } catch (error) {
    if ((error as FarError).error === 'RecordNotFound') return false
    throw error
  }
}

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz'

/** A TID (atproto.com/specs/tid): 53 bits of microseconds and 10 of a clock's id, in sortable base 32. What a review's time does not say is taken from its id, so that two of the same moment differ. */
function keyOf({ id, publishedAt }: Pick<PublicReview, 'id' | 'publishedAt'>): string {
  const hash = createHash('sha256').update(id).digest()
  const micros = BigInt(Date.parse(publishedAt)) * 1000n + BigInt(hash.readUInt16BE(0) % 1000)
  let rest = (micros << 10n) | BigInt(hash.readUInt16BE(2) % 1024)
  let key = ''
  for (let n = 0; n < 13; n++, rest >>= 5n) key = DIGITS[Number(rest & 31n)] + key
  return key
}

/** Links and tags are found in the text; ours leads to the whole address also where it is shown cut. Names with @ stay text: nobody is called out. */
async function facetsOf(text: string, url: string) {
  const {
    RichText,
    AppBskyRichtextFacet: { isLink, isTag },
  } = await import('@atproto/api')
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  const found = (rich.facets ?? []).filter(({ features }) =>
    features.every(feature => isLink(feature) || isTag(feature)),
  )
  return found.map(facet => ({
    ...facet,
    features: facet.features.map(feature =>
      isLink(feature) && feature.uri.endsWith('…') && url.startsWith(feature.uri.slice(0, -1))
        ? { ...feature, uri: url }
        : feature,
    ),
  }))
}

async function thumbOf(review: PublicReview): Promise<Uint8Array> {
  const { bytes } = await illustration(review)
  if (bytes.length <= THUMB_BYTES) return bytes
  const sharp = (await import('sharp')).default
  for (let width = 1200; ; width = Math.round(width * 0.7)) {
    const smaller = await sharp(bytes)
      .resize({ width, withoutEnlargement: true })
      .jpeg({ quality: 80 })
      .toBuffer()
    if (smaller.length <= THUMB_BYTES) return smaller
  }
}

/** The account as we are signed in to it; kept while it lasts. */
let signed: { as: string; agent: Promise<AtpAgent> } | undefined

/** Does the work signed in, anew once where the session has run out meanwhile; says in our words what went wrong. */
async function signedIn(
  sending: Sending,
  work: (sending: Sending, agent: AtpAgent) => Promise<Receipt>,
): Promise<Receipt> {
  const as = JSON.stringify(sending.settings)
  const wasIn = signed?.as === as
  try {
    return await work(sending, await enter(sending.settings, as))
  } catch (error) {
    if (!isSignedOut(error)) throw meaningOf(error, sending)
    signed = undefined
    if (!wasIn) throw meaningOf(error, sending)
  }
  return work(sending, await enter(sending.settings, as)).catch(error => {
    throw meaningOf(error, sending)
  })
}

function enter(settings: Settings, as: string): Promise<AtpAgent> {
  if (signed?.as === as) return signed.agent
  const agent = signIn(settings)
  const mine = (signed = { as, agent })
  agent.catch(() => {
    if (signed === mine) signed = undefined
  })
  return agent
}

async function signIn({ service, identifier, password }: Settings): Promise<AtpAgent> {
  const { AtpAgent, CredentialSession } = await import('@atproto/api')
  const purpose = trusted('bluesky', service)
  // A session names the account's own server. We follow where the guard lets us, and stay at the one that was configured where not.
  class Session extends CredentialSession {
    override get dispatchUrl() {
      return this.pdsUrl && !checkTarget(purpose, this.pdsUrl.href) ? this.pdsUrl : this.serviceUrl
    }
  }
  const session = new Session(new URL(service), fetchFor(purpose))
  const { data } = await session.login({ identifier, password })
  if (data.active === false)
    throw new Stopped(`Bluesky says that the account is ${data.status ?? 'not active'}`)
  return new AtpAgent(session)
}

/** As the library throws: `status` is 1 where nothing came, 2 where what came was no answer. */
interface FarError extends Error {
  status?: number
  error?: string
  headers?: FarHeaders
}
type FarHeaders = Record<string, string | undefined>

const isSignedOut = (error: unknown) =>
  (error as FarError).status === 401 ||
  ['ExpiredToken', 'InvalidToken'].includes((error as FarError).error ?? '')

function meaningOf(thrown: unknown, sending: Sending): Error {
  const { status, error, headers = {}, message, cause } = thrown as FarError
  if (cause instanceof OutboundRefused) return cause
  if (status === undefined || !error) return thrown as Error
  tellQuota(sending, headers)
  if (LOCKED_OUT.has(error)) return new Stopped(`Bluesky says ${error}: ${message}`)
  // The library says 404 also of a redirect: neither tells about this post.
  if (status < 100 || status === 404)
    return new Retry(`Bluesky gave no answer that we understand: ${message}`)
  return failureOf(
    {
      status,
      headers: new Headers(headers as Record<string, string>),
      json: { message: `${error}: ${message}` },
      text: '',
    },
    'Bluesky',
    status === 429 ? { at: resetOf(headers) } : {},
  )
}

/** `ratelimit-*` (docs.bsky.app/docs/advanced-guides/rate-limits): the reset is in seconds since 1970; believed within a day. */
function resetOf(headers: FarHeaders): number | undefined {
  const until = Number(headers['ratelimit-reset']) * 1000
  return until > Date.now() && until <= Date.now() + 86_400_000 ? until : undefined
}

function tellQuota({ quota }: Sending, headers: FarHeaders) {
  const of = Number.parseInt(headers['ratelimit-limit'] ?? '')
  const left = Number.parseInt(headers['ratelimit-remaining'] ?? '')
  const until = resetOf(headers)
  if (left >= 0 && until)
    quota({ left, ...(of >= 0 && { of }), what: 'calls', until: new Date(until).toISOString() })
}
