/**
 * Posts each review on Instagram as an upright picture and a caption with hashtags and no link; a
 * correction is a comment below it, and only a person can take it down. It behaves as
 * https://developers.facebook.com/docs/instagram-platform says (media: …/reference/instagram-media,
 * errors: …/instagram-graph-api/reference/error-codes).
 */
import { z } from 'zod'
import { portraitPath } from '../../shared/card/paths'
import { portraitScene } from '../../shared/card/portrait'
import { distinct, hashtag, hashtagsOf } from '../../shared/hashtags'
import type { PublicReview } from '../../shared/types/review'
import {
  filmOf,
  GIVES_AWAY,
  sentence,
  shorten,
  tooLong,
  verdictOf,
  withoutMentions,
} from '../../shared/wording'
import { defineReactor, type Receipt, Retry, Suppressed } from '../delivery/contract/define-reactor'
import { address, secret } from '../delivery/contract/settings-rules'
import { apiClient, type Call, type NetworkDelivery } from '../reactor-kit/api-client'
import {
  comment,
  createContainer,
  findPost,
  linkOf,
  postsLeft,
  publishContainer,
  statusOf,
} from '../reactor-kit/graph-api'
import { renewToken } from '../reactor-kit/graph-token'
import { portraitShown } from '../reactor-kit/pictures'
import { progressOf } from '../reactor-kit/progress'
import { whyUnreachable } from '../reactor-kit/reachable-site'

const settings = z.object({
  userId: z.string().describe("the professional account's id"),
  token: secret().describe(
    'the long-lived token of the account (permissions `instagram_business_basic`, `instagram_business_content_publish`; `instagram_business_manage_comments` for corrections); it is renewed by itself. Instagram fetches the picture from `NUXT_SITE_URL`, which must be public and https',
  ),
  url: address()
    .default('https://graph.instagram.com/v26.0')
    .describe(
      'another server that speaks the Graph API, with the version in its path; then a private `NUXT_SITE_URL` only gets a warning',
    ),
})
type Settings = z.output<typeof settings>
type Sending = NetworkDelivery<Settings>

/** `container` became a post after `at` (ms); `caption` finds it if we never got its id. */
interface Posted extends Receipt {
  container?: string
  caption?: string
  at?: number
}

/**
 * Captions may have 2,200 characters, 30 hashtags and 20 names
 * (…/instagram-platform/instagram-graph-api/reference/ig-user/media); we add fewer tags.
 */
const MOST = 2200
const MOST_TAGS = 30
const MOST_NAMES = 20
const OUR_TAGS = 10
const ALT = 1000
const COMMENT = 300

const US = { part: 'instagram', label: 'Instagram' }

export default defineReactor<undefined, undefined, Settings>({
  name: US.part,
  label: US.label,
  settings,
  timeout: 45_000,
  ready: ({ url }, { siteUrl }) => (isReal(url) && unreachable(siteUrl)) || true,
  renewal: {
    setting: 'token',
    renew: ({ url, token }, signal) => renewToken({ ...US, url, token }, signal),
  },
  on: { ReviewPublished: publish, ReviewCorrected: correct, ReviewArchived: takeDown },
  does: {
    ReviewCorrected: { reach: 'updated quietly', says: 'Comments the correction below its post' },
    ReviewArchived: { reach: 'updated quietly', says: 'Its post must be removed by hand' },
  },
  render(review, about) {
    const { caption, line } = captionOf(review, about.text)
    const reach = unreachable(about.siteUrl)
    return {
      say: caption,
      line,
      length: caption.length,
      limit: MOST,
      problem: problemOf(caption),
      warning: reach ? `${reach}.` : undefined,
      picture: portraitShown(review),
    }
  },
})

const isReal = (url: string) => /(?:^|\.)(?:instagram|facebook)\.com$/.test(new URL(url).hostname)

function unreachable(siteUrl: string): string | undefined {
  const why = whyUnreachable(siteUrl)
  return why && `Instagram fetches the picture from this site, and NUXT_SITE_URL ${why}`
}

function captionOf(review: PublicReview, text?: string): { caption: string; line: string } {
  const { title, movie, rating, critic, spoiler } = review
  const line = text ?? withoutMentions(review.summary)
  const words = [
    withoutMentions(title),
    spoiler && GIVES_AWAY,
    line,
    withoutMentions(`${filmOf(movie)}: ${verdictOf(rating)}\nBy ${critic.name}.`),
  ]
    .filter(Boolean)
    .join('\n\n')
  const room = Math.min(OUR_TAGS, MOST_TAGS - tagsIn(words))
  const tags = distinct([hashtag(movie.title), ...hashtagsOf(review)])
    .filter(tag => tag.length <= 60)
    .slice(0, Math.max(room, 0))
    .join(' ')
  return { caption: tags ? `${words}\n\n${tags}` : words, line }
}

const tagsIn = (text: string) => text.match(/#[\p{L}\p{N}_]/gu)?.length ?? 0
const namesIn = (text: string) => text.match(/@[\w.]/g)?.length ?? 0

function problemOf(caption: string): string | undefined {
  if (caption.length > MOST) return tooLong(caption.length, MOST)
  if (tagsIn(caption) > MOST_TAGS)
    return `has ${tagsIn(caption)} hashtags, and Instagram takes ${MOST_TAGS}`
  if (namesIn(caption) > MOST_NAMES)
    return `names ${namesIn(caption)} people, and Instagram takes ${MOST_NAMES}`
}

/** Saves each step before the next, so that an interrupted one is looked up, not repeated blindly. */
async function publish(sending: Sending): Promise<Posted> {
  const call = connect(sending)
  const { userId } = sending.settings
  const { now, save } = progressOf<{ receipt: Posted }>(sending)
  const before = now().receipt
  if (before?.id) return { ...before, ...(await linkOf(call, before.id)) }
  const receipt = before?.container ? before : await prepare(sending, call)
  if (receipt !== before) await save({ receipt })
  const { code: status, reason } = await statusOf(call, receipt.container!, sending.signal)
  if (status !== 'FINISHED') {
    const found = await findPost(call, userId, receipt)
    if (found || (status === 'PUBLISHED' && sending.attempt > 3)) return { ...receipt, ...found }
    if (status === 'PUBLISHED')
      throw new Retry('Instagram has published it and does not list it yet')
    await save({ receipt: undefined })
    throw new Retry(`Instagram could not use the picture (${reason || status}); starting over`)
  }
  const id = await publishContainer(call, userId, receipt.container!)
  await save({ receipt: { ...receipt, id } })
  return { ...receipt, id, ...(await linkOf(call, id)) }
}

/** Creates a container with our picture and caption. Throws a Retry if today's limit is used up. */
async function prepare(sending: Sending, call: Call): Promise<Posted> {
  const { review, text } = sending
  const { userId } = sending.settings
  const { caption } = captionOf(review, text)
  const limit = await postsLeft(call, userId)
  if (limit) sending.quota({ left: limit.left, of: limit.of, what: 'posts in 24 hours' })
  if (limit && !limit.left)
    throw new Retry(`Instagram takes ${limit.of} posts in 24 hours, and they are used up`, {
      at: limit.backAt,
    })
  const site = review.url.slice(0, review.url.lastIndexOf('/reviews/'))
  const container = await createContainer(call, userId, {
    image_url: site + portraitPath(review.id),
    caption,
    alt_text: shorten(portraitScene(review).label, ALT),
  })
  return { container, caption, at: Date.now() }
}

/** Writes a correction as a comment, because captions cannot be edited there. */
async function correct(sending: Sending): Promise<Posted> {
  const { event } = sending
  const receipt = await postedBefore(sending)
  const note = event.type === 'ReviewCorrected' ? event.data.note : ''
  if (receipt.byHand) throw new Suppressed('the review had been archived')
  if (!receipt.id)
    throw new Suppressed(
      'Instagram did not say where the post is, so nothing can be added below it',
    )
  const message = shorten(withoutMentions(`Corrected: ${sentence(note)}`), COMMENT)
  await comment(connect(sending), receipt.id, message)
  return receipt
}

/** Leaves the deleting to a person, because only tokens from Facebook Login may do it. */
async function takeDown(sending: Sending): Promise<Posted> {
  return { ...(await postedBefore(sending)), byHand: 'remove by hand' }
}

/** Our post there; looks for it if we never got its id. */
async function postedBefore(sending: Sending): Promise<Posted> {
  const call = connect(sending)
  const receipt: Posted = sending.receipt ?? {}
  if (receipt.id) return receipt
  const { container } = receipt
  const { userId } = sending.settings
  const status = container && (await statusOf(call, container, sending.signal)).code
  const found = status && status !== 'FINISHED' ? await findPost(call, userId, receipt) : undefined
  if (!found && status !== 'PUBLISHED') throw new Suppressed('nothing was posted')
  return { ...receipt, ...found }
}

const connect = apiClient({
  ...US,
  settings,
  url: ({ url }) => url,
  headers: ({ settings: { token } }) => ({ authorization: `Bearer ${token}` }),
})
