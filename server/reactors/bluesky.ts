/**
 * Posts each review on Bluesky with a link card; a fix or a correction rewrites the post, archiving
 * deletes it. Its key is derived from the review, so writing it twice has no effect.
 */
import type { AtpAgent } from '@atproto/api'
import { z } from 'zod'
import { hashtagsOf } from '../../shared/hashtags'
import { figure } from '../../shared/rating'
import type { PublicReview } from '../../shared/types/review'
import { filmOf, fitted, letters, sentence, shorten, tooLong } from '../../shared/wording'
import { defineReactor, type Receipt, Suppressed } from '../delivery/contract/define-reactor'
import { address, secret } from '../delivery/contract/settings-rules'
import type { NetworkDelivery } from '../reactor-kit/api-client'
import { limitsIn, reasonOf } from '../reactor-kit/atproto-failure'
import { signedIn } from '../reactor-kit/atproto-session'
import { lighterThan } from '../reactor-kit/lighter-picture'
import { illustration, illustrationShown } from '../reactor-kit/pictures'
import { facetsOf } from '../reactor-kit/rich-text'
import { timestampId } from '../reactor-kit/timestamp-id'

const settings = z.object({
  identifier: z.string().describe("the account's handle"),
  password: secret().describe('an app password of the account'),
  service: address()
    .default('https://bsky.social')
    .describe('the server that the account signs in to'),
})
type Settings = z.output<typeof settings>
type Sending = NetworkDelivery<Settings>

/**
 * app.bsky.feed.post: 300 graphemes and 3,000 bytes; app.bsky.embed.external: a thumb of 1,000,000
 * bytes.
 */
const MOST = 300
const MOST_BYTES = 3000
const THUMB_BYTES = 1_000_000
const MOST_TAGS = 8
const COLLECTION = 'app.bsky.feed.post'
/**
 * How many letters each piece may have; the narrow widths are for when the wide ones leave no room
 * for a line.
 */
const WIDTHS = [
  { title: 120, film: 80, name: 40, url: 120, note: 120 },
  { title: 60, film: 45, name: 25, url: 70, note: 45 },
]
export default defineReactor<undefined, undefined, Settings>({
  name: 'bluesky',
  label: 'Bluesky',
  settings,
  on: {
    ReviewPublished: sending => asAccount(sending, write),
    ReviewFixed: sending => asAccount(sending, rewrite),
    ReviewCorrected: sending => asAccount(sending, rewrite),
    ReviewArchived: sending => asAccount(sending, takeDown),
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

/** Counts graphemes, or bytes if those run out first. */
const measure = (text: string) =>
  Math.max(letters(text).length, Math.ceil((Buffer.byteLength(text) * MOST) / MOST_BYTES))

function wordsOf(review: PublicReview, { text, edited }: { text?: string; edited?: boolean }) {
  const { title, movie, rating, summary, critic, url, spoiler, corrections } = review
  const note = corrections.at(-1)?.note
  const spoilers = spoiler ? ' With spoilers.' : ''
  const sayers = WIDTHS.map(
    most => (line: string, tags: string[]) =>
      [
        line,
        `“${shorten(title, most.title)}”, ${shorten(critic.name, most.name)} on ` +
          `${shorten(filmOf(movie), most.film)}: ${figure(rating)} of 5.${spoilers}\n` +
          shorten(url, most.url),
        tags.join(' '),
        note && `Corrected: ${shorten(sentence(note), most.note)}`,
      ]
        .filter(Boolean)
        .join('\n\n'),
  )
  const say = sayers.find(say => measure(say(shorten(summary, 40), [])) <= MOST) ?? sayers.at(-1)!
  // A critic's line fitted when it was chosen, but is cut to make room for the note of a later
  // correction.
  return fitted({
    line: text ?? summary,
    tags: hashtagsOf(review).slice(0, MOST_TAGS),
    most: MOST,
    count: measure,
    say,
    chosen: text !== undefined && !edited,
  })
}

/** Does the work signed in to the configured account. */
const asAccount = (
  sending: Sending,
  work: (sending: Sending, agent: AtpAgent) => Promise<Receipt>,
): Promise<Receipt> =>
  signedIn(
    { part: 'bluesky', label: 'Bluesky', ...sending.settings },
    agent => work(sending, agent),
    sending.quota,
  )

async function write(sending: Sending, agent: AtpAgent, edited = false): Promise<Receipt> {
  const { review, signal } = sending
  const { text } = wordsOf(review, { ...sending, edited })
  const picture = await lighterThan(THUMB_BYTES, await illustration(review))
  const { data: upload } = await agent.uploadBlob(picture, { encoding: 'image/jpeg', signal })
  const record = {
    $type: COLLECTION,
    text,
    facets: await facetsOf(text, review.url),
    langs: [review.language ?? 'en'],
    createdAt: review.publishedAt,
    tags: hashtagsOf(review)
      .filter(tag => !text.includes(tag))
      .slice(0, MOST_TAGS)
      .map(tag => tag.slice(1)),
    embed: {
      $type: 'app.bsky.embed.external',
      external: {
        uri: review.url,
        title: review.title,
        description: review.summary,
        thumb: upload.blob,
      },
    },
  }
  const place = placeOf(review, agent)
  const { data, headers } = await agent.com.atproto.repo.putRecord(
    { ...place, record },
    { signal, encoding: 'application/json' },
  )
  limitsIn(headers).forEach(sending.quota)
  return { id: data.uri, url: `https://bsky.app/profile/${place.repo}/post/${place.rkey}` }
}

/**
 * Writing a record would create it, and a fix must not bring back a post that somebody has deleted
 * there.
 */
async function rewrite(sending: Sending, agent: AtpAgent): Promise<Receipt> {
  if (sending.receipt?.gone)
    throw new Suppressed('the post was deleted when the review was archived')
  if (!(await isThere(sending, agent)))
    throw new Suppressed(sending.receipt ? 'the post is no longer there' : 'nothing was posted')
  return write(sending, agent, true)
}

/** Deletes by key, which also works for a post whose receipt never came. */
async function takeDown(sending: Sending, agent: AtpAgent): Promise<Receipt> {
  const { review, receipt, signal } = sending
  if (!receipt && !(await isThere(sending, agent))) throw new Suppressed('nothing was posted')
  const { headers } = await agent.com.atproto.repo.deleteRecord(placeOf(review, agent), {
    signal,
    encoding: 'application/json',
  })
  limitsIn(headers).forEach(sending.quota)
  return { ...receipt, gone: true }
}

async function isThere({ review, signal }: Sending, agent: AtpAgent): Promise<boolean> {
  try {
    await agent.com.atproto.repo.getRecord(placeOf(review, agent), { signal })
    return true
  } catch (error) {
    if (reasonOf(error) === 'RecordNotFound') return false
    throw error
  }
}

const placeOf = ({ id, publishedAt }: PublicReview, agent: AtpAgent) => ({
  repo: agent.assertDid,
  collection: COLLECTION,
  rkey: timestampId(id, publishedAt),
})
