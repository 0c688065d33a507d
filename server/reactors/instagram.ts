/** A review is one upright picture on Instagram with a caption that has hashtags and no link; a correction is a comment below it; only a person can take it down. */
import { setTimeout as pause } from 'node:timers/promises'
import { portraitPath } from '../../shared/card/paths'
import { portraitScene } from '../../shared/card/portrait'
import { sceneSvg } from '../../shared/card/scene'
import type { PublicReview } from '../../shared/types/review'
import { filmOf, hashtag, hashtagsOf, sentence, shorten, verdictOf } from '../../shared/wording'
import {
  type About,
  Dead,
  defineReactor,
  type Delivery,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { halfSet, noAddress } from '../delivery/contract/settings-rules'
import { createOutbound, outboundFetch, trusted } from '../outbound/client'
import { failureOf, type FarAnswer, readAnswer } from '../reactor-kit/http-answer'

const settings = { url: 'https://graph.instagram.com/v26.0', userId: '', token: '' }
type Settings = typeof settings
type Sending = Delivery<undefined, undefined, Settings>

/** `container` became the post at some time after `at` (ms), with `caption`: how it is found where its id was never told. */
interface Posted extends Receipt {
  container?: string
  caption?: string
  at?: number
}
interface Progress {
  receipt?: Posted
}

/** Captions hold 2,200 characters, 30 hashtags and 20 names (…/instagram-platform/instagram-graph-api/reference/ig-user/media); ours are content with fewer tags. */
const MOST = 2200
const MOST_TAGS = 30
const MOST_NAMES = 20
const OUR_TAGS = 10
const ALT = 1000
const COMMENT = 300
/** Own posts among which one is looked for. */
const RECENT = 25
const MINUTE = 60_000
/** The publishing limit is of 24 hours that move on: asked nine times, it is outlived. */
const LIMIT_MS = 4 * 60 * MINUTE
const HAND = 'remove by hand'

export default defineReactor<undefined, undefined, Settings>({
  name: 'instagram',
  label: 'Instagram',
  settings,
  timeout: 45_000,
  ready: ({ url, ...keys }, { siteUrl }) =>
    noAddress('NUXT_INSTAGRAM_URL', url) ??
    halfSet('instagram', keys) ??
    ((isReal(url) && unreachable(siteUrl)) || true),
  on: { ReviewPublished: publish, ReviewCorrected: comment, ReviewArchived: withdraw },
  render(review, about) {
    const { caption, line } = captionOf(review, about)
    const scene = portraitScene(review)
    const reach = unreachable(about.siteUrl)
    return {
      say: caption,
      line,
      length: caption.length,
      limit: MOST,
      problem: problemOf(caption),
      warning: reach ? `${reach}.` : undefined,
      picture: { svg: sceneSvg(scene), alt: scene.label },
    }
  },
})

const isReal = (url: string) => /(?:^|\.)(?:instagram|facebook)\.com$/.test(new URL(url).hostname)

/** Instagram fetches the picture from us: an address that we would not call ourselves (any port will do) is none that it can. False when it can. */
function unreachable(siteUrl: string): string | false {
  const site = URL.parse(siteUrl)
  if (site) site.port = ''
  const why = site
    ? createOutbound({ allow: [] }).check('instagram', site.href)
    : 'is not an address'
  return Boolean(why) && `Instagram fetches the picture from this site, and NUXT_SITE_URL ${why}`
}

function captionOf(
  review: PublicReview,
  { text }: Pick<About<Settings>, 'text'>,
): { caption: string; line: string } {
  const { title, movie, rating, critic, spoiler } = review
  const line = text ?? review.summary
  const said = [
    title,
    spoiler && 'This one gives the story away.',
    line,
    `${filmOf(movie)}: ${verdictOf(rating)}\nBy ${critic.name}.`,
  ]
    .filter(Boolean)
    .join('\n\n')
  const room = Math.min(OUR_TAGS, MOST_TAGS - tagsIn(said))
  const tags = [...new Set([hashtag(movie.title), ...hashtagsOf(review)])]
    .filter(tag => tag !== undefined && tag.length <= 60)
    .slice(0, Math.max(room, 0))
    .join(' ')
  return { caption: tags ? `${said}\n\n${tags}` : said, line }
}

const tagsIn = (text: string) => text.match(/#[\p{L}\p{N}_]/gu)?.length ?? 0
const namesIn = (text: string) => text.match(/@[\w.]/g)?.length ?? 0

function problemOf(caption: string): string | undefined {
  const over = caption.length - MOST
  if (over > 0) return `is ${over} character${over === 1 ? '' : 's'} too long`
  if (tagsIn(caption) > MOST_TAGS)
    return `has ${tagsIn(caption)} hashtags, and Instagram takes ${MOST_TAGS}`
  if (namesIn(caption) > MOST_NAMES)
    return `names ${namesIn(caption)} people, and Instagram takes ${MOST_NAMES}`
}

/** Container, wait, publish; each step is on disk before the next, so that one that was cut off is looked up, never repeated blindly. */
async function publish(sending: Sending): Promise<Posted> {
  let receipt = (sending.progress as Progress | undefined)?.receipt ?? {}
  const save = (now: Posted) =>
    sending.saveProgress({ receipt: (receipt = now) } satisfies Progress)
  if (receipt.id) return withLink(sending, receipt)
  if (!receipt.container) await save(await prepare(sending))
  const status = await settled(sending, receipt.container!)
  if (status !== 'FINISHED') {
    const found = await find(sending, receipt)
    if (found || (status === 'PUBLISHED' && sending.attempt > 3)) return { ...receipt, ...found }
    if (status === 'PUBLISHED')
      throw new Retry('Instagram has published it and does not list it yet')
    await sending.saveProgress({})
    throw new Retry(`Instagram made nothing of the picture (${status}); once more from the start`)
  }
  const answer = await call(sending, 'POST', `/${sending.settings.userId}/media_publish`, {
    creation_id: receipt.container,
  })
  const id = idIn(answer)
  if (!id) throw refusal(answer)
  await save({ ...receipt, id })
  return withLink(sending, receipt)
}

/** The container of our picture and caption, unpublished; expires by itself in a day. Waits where today's limit is used up. */
async function prepare(sending: Sending): Promise<Posted> {
  const {
    review,
    settings: { userId },
  } = sending
  const { caption } = captionOf(review, sending)
  const limit = await call(
    sending,
    'GET',
    `/${userId}/content_publishing_limit?fields=quota_usage,config`,
  )
  const { quota_usage: used, config } = limit.json?.data?.[0] ?? {}
  if (limit.status >= 300) throw refusal(limit)
  if (used >= 0 && config?.quota_total > 0) {
    const left = Math.max(config.quota_total - used, 0)
    sending.quota({ left, of: config.quota_total, what: 'posts in 24 hours' })
    if (!left)
      throw new Retry(
        `Instagram takes ${config.quota_total} posts in 24 hours, and they are used up`,
        { at: Date.now() + LIMIT_MS },
      )
  }
  const site = review.url.slice(0, review.url.lastIndexOf('/reviews/'))
  const answer = await call(sending, 'POST', `/${userId}/media`, {
    image_url: site + portraitPath(review.id),
    caption,
    alt_text: shorten(portraitScene(review).label, ALT),
  })
  const container = idIn(answer)
  if (!container) throw refusal(answer)
  return { container, caption, at: Date.now() }
}

/** What became of a container; Instagram needs seconds, we wait a few. */
async function settled(sending: Sending, container: string): Promise<string> {
  for (let wait = 200; wait < 2000; wait *= 2) {
    const answer = await call(sending, 'GET', `/${container}?fields=status_code`)
    const status = answer.json?.status_code
    if (isUnknown(answer)) return 'lost'
    if (answer.status >= 300 || typeof status !== 'string') throw refusal(answer)
    if (status !== 'IN_PROGRESS') return status.slice(0, 40)
    await pause(wait, undefined, { signal: sending.signal })
  }
  throw new Retry('Instagram is still working on the picture', { at: Date.now() + MINUTE })
}

async function withLink(sending: Sending, receipt: Posted): Promise<Posted> {
  const answer = await call(sending, 'GET', `/${receipt.id}?fields=permalink`)
  if (answer.status >= 500 || answer.status === 429) throw refusal(answer)
  return { ...receipt, ...linkIn(answer.json) }
}

/** Among our own newest posts, the one with this caption; Instagram gives captions back without their @ signs (…/reference/instagram-media). */
async function find(
  sending: Sending,
  { caption = '', at = 0 }: Posted,
): Promise<Receipt | undefined> {
  const answer = await call(
    sending,
    'GET',
    `/${sending.settings.userId}/media?fields=id,caption,permalink,timestamp&limit=${RECENT}`,
  )
  if (answer.status >= 300 || !Array.isArray(answer.json?.data)) throw refusal(answer)
  const words = (text: unknown) =>
    String(text).normalize('NFC').replaceAll('@', '').replaceAll(/\s+/g, ' ').trim()
  const found = answer.json.data.find(
    (post: any) =>
      words(post?.caption) === words(caption) &&
      Date.parse(String(post?.timestamp).replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) > at - 5 * MINUTE,
  )
  const id = idIn({ ...answer, json: found })
  return id ? { id, ...linkIn(found) } : undefined
}

/** Captions cannot be edited there. The same comment again is not written. */
async function comment(sending: Sending): Promise<Posted> {
  const receipt = await standing(sending)
  const { event } = sending
  const note = event.type === 'ReviewCorrected' ? event.data.note : ''
  if (receipt.byHand) throw new Suppressed('the review had been withdrawn')
  if (!receipt.id)
    throw new Suppressed(
      'Instagram did not say where the post is, so nothing can be added below it',
    )
  const message = shorten(`Corrected: ${sentence(note)}`, COMMENT)
  const path = `/${receipt.id}/comments`
  const known = await call(sending, 'GET', `${path}?fields=text&limit=50`)
  if (
    Array.isArray(known.json?.data) &&
    known.json.data.some((each: any) => each?.text === message)
  )
    return receipt
  const answer = await call(sending, 'POST', path, { message })
  if (idIn(answer)) return receipt
  if (isUnknown(answer)) throw new Suppressed('the post is no longer there')
  const failure = refusal(answer)
  // The token may publish: that it may not comment is no reason to stop the part.
  throw failure instanceof Stopped && !isTokenWrong(answer)
    ? new Dead(`${failure.message} (a correction needs instagram_business_manage_comments)`)
    : failure
}

/** Deleting is for tokens of Facebook Login only: here a person does it. */
async function withdraw(sending: Sending): Promise<Posted> {
  return { ...(await standing(sending)), byHand: HAND }
}

/** Our post there; one whose id was never told is looked for. */
async function standing(sending: Sending): Promise<Posted> {
  const receipt = sending.receipt as Posted | undefined
  if (receipt?.id) return receipt
  const status = receipt?.container && (await settled(sending, receipt.container))
  const found = status && status !== 'FINISHED' ? await find(sending, receipt) : undefined
  if (!found && status !== 'PUBLISHED') throw new Suppressed('nothing was posted')
  return { ...receipt, ...found }
}

async function call(
  { settings: { url, token }, signal }: Sending,
  method: string,
  path: string,
  body?: object,
): Promise<FarAnswer> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body && { 'content-type': 'application/json' }),
  }
  return readAnswer(
    await outboundFetch(trusted('instagram', url), url.replace(/\/+$/, '') + path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal,
    }),
  )
}

/** Ids there are digits; they become part of later paths. */
const idIn = ({ status, json }: FarAnswer): string | undefined =>
  status < 300 && /^\d{1,30}$/.test(json?.id) ? String(json.id) : undefined
const linkIn = (media: any): Receipt =>
  typeof media?.permalink === 'string' &&
  media.permalink.length < 300 &&
  /^https?:\/\//.test(media.permalink) &&
  URL.canParse(media.permalink)
    ? { url: media.permalink }
    : {}

/** "Object does not exist, cannot be loaded due to missing permissions …" (graph-api/guides/error-handling). */
const isUnknown = ({ status, json }: FarAnswer) =>
  status >= 400 && status < 500 && json?.error?.code === 100 && json.error.error_subcode === 33
const isTokenWrong = ({ status, json }: FarAnswer) =>
  status === 401 || [102, 190].includes(json?.error?.code)

/**
 * Their codes say more than their status, which is 400 for most (…/graph-api/guides/error-handling, …/instagram-graph-api/reference/error-codes).
 * Token, permission, a locked account: the part stops. Their limits: later, all of it. What is said to pass by itself, or with a new container: later.
 */
function refusal(answer: FarAnswer): Error {
  const { code, error_subcode: sub, is_transient: passing } = answer.json?.error ?? {}
  const failure = failureOf(answer, 'Instagram')
  if (sub === 2207042) return new Retry(failure.message, { at: Date.now() + LIMIT_MS })
  if ([4, 17, 32, 613, 80002].includes(code))
    return new Retry(failure.message, { at: Date.now() + regain(answer.headers), pause: '' })
  if ([3, 10, 102, 190].includes(code) || (code >= 200 && code < 300) || sub === 2207050)
    return new Stopped(failure.message)
  if (passing === true || [-2, -1, 1, 2, 24, 341, 368, 9004, 9007].includes(code))
    return new Retry(failure.message)
  return failure
}

/** How long (ms) until calls are taken again: minutes in a header (…/graph-api/overview/rate-limiting), else a quarter of an hour. */
function regain(headers: Headers): number {
  const minutes = Number(
    /"estimated_time_to_regain_access":\s*(\d+)/.exec(
      headers.get('x-business-use-case-usage') ?? '',
    )?.[1],
  )
  return (minutes > 0 ? Math.min(minutes, 24 * 60) : 15) * MINUTE
}
