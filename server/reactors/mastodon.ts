/** A review is one status on Mastodon, with its picture: behind a warning where it gives the story away, edited on a fix or a correction, deleted when the review is withdrawn. */
import { setTimeout as pause } from 'node:timers/promises'
import type { PublicReview } from '../../shared/types/review'
import {
  filmOf,
  fitted,
  hashtagsOf,
  letters,
  sentence,
  shorten,
  tooLong,
  verdictOf,
} from '../../shared/wording'
import {
  type About,
  Dead,
  defineReactor,
  type Delivery,
  type Receipt,
  Retry,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { halfSet, noAddress } from '../delivery/contract/settings-rules'
import { outboundFetch, trusted } from '../outbound/client'
import { failureOf, type FarAnswer, readAnswer } from '../reactor-kit/http-answer'
import { illustration, illustrationShown } from '../reactor-kit/pictures'

const settings = { url: '', token: '' }
type Settings = typeof settings
type Sending = Delivery<undefined, undefined, Settings>
/** `media` are the ids of its attachments, which an edit must name again to keep. `asked`: when (ms) the status was first sent; all that is known where no answer came. */
interface Posted extends Receipt {
  media?: string[]
  asked?: number
}
/** `media` was uploaded at `mediaAt` (ms). */
interface Progress {
  media?: string
  mediaAt?: number
  receipt?: Posted
}

/** Mastodon keeps an Idempotency-Key "for up to 1 hour" (methods/statuses/#create); after most of it we look for ourselves. */
const KEY_LIVES_MS = 50 * 60_000
/** Media that no status uses are removed after a day (methods/statuses/#delete speaks of 24 hours). */
const MEDIA_LIVES_MS = 12 * 3600_000
/** What every server allows that has not said otherwise (entities/Instance/#max_characters, #characters_reserved_per_url). */
const DEFAULTS = { most: 500, url: 23 }
const LIMITS_LIVE_MS = 3600_000
const NOTE = 100
const ALT = 1500
const PAGES = 5

export default defineReactor<undefined, undefined, Settings>({
  name: 'mastodon',
  label: 'Mastodon',
  settings,
  ready: ({ url, token }) =>
    noAddress('NUXT_MASTODON_URL', url) ?? halfSet('mastodon', { url, token }) ?? true,
  on: {
    ReviewPublished: publish,
    ReviewFixed: edit,
    ReviewCorrected: edit,
    ReviewArchived: withdraw,
  },
  render(review, about) {
    const { status, warning, line, length, most } = wordsOf(review, about)
    return {
      say: warning ? `${warning}\n\n${status}` : status,
      line,
      length,
      limit: most,
      picture: illustrationShown(review),
      problem: tooLong(length, most),
    }
  },
})

/** Counted as Mastodon counts: the warning and the text, a link as long as the server says, of `@name@server` only the name (StatusLengthValidator; user/posting/#text). */
function wordsOf(
  review: PublicReview,
  { settings, text, edited }: Pick<About<Settings>, 'settings' | 'text'> & { edited?: boolean },
) {
  const { title, movie, rating, summary, critic, url, spoiler, corrections } = review
  const limits = known.get(settings.url)?.limits ?? DEFAULTS
  const film = shorten(filmOf(movie), 60)
  const warning = spoiler ? `Spoilers for ${film}` : undefined
  const note = corrections.at(-1)?.note
  const count = (said: string) =>
    letters(
      said.replace(/https?:\/\/\S+/g, 'u'.repeat(limits.url)).replace(/(@\w+)@[\w.-]+/g, '$1'),
    ).length
  const most = limits.most
  const say = (line: string, tags: string[]) =>
    [
      shorten(title, 100),
      line,
      `${film}: ${verdictOf(rating)} By ${shorten(critic.name, 40)}.\n${url}`,
      tags.join(' '),
      note && `Corrected: ${shorten(sentence(note), NOTE)}`,
    ]
      .filter(Boolean)
      .join('\n\n')
  // A critic's line that fitted when it was chosen gives way to the note of a later correction.
  const { text: status, line } = fitted({
    line: text ?? summary,
    tags: hashtagsOf(review).slice(0, 5),
    most: most - count(warning ?? ''),
    count,
    say,
    chosen: text !== undefined && !edited,
  })
  return { status, warning, line, most, length: count(status) + count(warning ?? '') }
}

async function publish(sending: Sending): Promise<Posted> {
  let progress = (sending.progress ?? {}) as Progress
  const save = (news: Progress) => sending.saveProgress((progress = { ...progress, ...news }))
  const asked = progress.receipt?.asked
  const isKnown = asked !== undefined && Date.now() - asked < KEY_LIVES_MS
  const there = asked === undefined || isKnown ? undefined : await find(sending, asked)
  if (there) return there
  await learnLimits(sending)
  // A repeat says what the first time said: its picture may be attached by now, and is then no longer shown by itself.
  if (!isKnown) {
    if (!progress.media || Date.now() - (progress.mediaAt ?? 0) > MEDIA_LIVES_MS)
      await save({ media: await upload(sending), mediaAt: Date.now() })
    if (!(await processed(sending, progress.media!))) {
      await save({ media: undefined })
      throw new Retry('Mastodon has lost the picture')
    }
    if (asked === undefined) await save({ receipt: { asked: Date.now() } })
  }
  return receiptOf(
    await call(
      sending,
      'POST',
      '/api/v1/statuses',
      { ...bodyOf(sending), media_ids: [progress.media] },
      { 'idempotency-key': sending.key },
    ),
  )
}

async function edit(sending: Sending): Promise<Posted> {
  const { id, media = [], gone } = await standing(sending)
  if (gone) throw new Suppressed('the status was deleted when the review was withdrawn')
  await learnLimits(sending)
  const answer = await call(sending, 'PUT', `/api/v1/statuses/${encodeURIComponent(id!)}`, {
    ...bodyOf(sending, true),
    media_ids: media,
  })
  if (isGone(answer)) throw new Suppressed('the status is no longer there')
  return receiptOf(answer)
}

async function withdraw(sending: Sending): Promise<Posted> {
  const receipt = await standing(sending)
  if (receipt.gone) return receipt
  const answer = await call(
    sending,
    'DELETE',
    `/api/v1/statuses/${encodeURIComponent(receipt.id!)}`,
  )
  if (!isGone(answer) && !hasId(answer)) throw refusal(answer)
  return { ...receipt, gone: true }
}

/** Our status there; one whose answer was lost is looked for. */
async function standing(sending: Sending): Promise<Posted> {
  const receipt = sending.receipt as Posted | undefined
  const found =
    receipt?.id || receipt?.gone
      ? receipt
      : receipt?.asked
        ? await find(sending, receipt.asked)
        : undefined
  if (!found) throw new Suppressed('nothing was posted')
  return found
}

function bodyOf(sending: Sending, edited = false) {
  const { status, warning = '' } = wordsOf(sending.review, { ...sending, edited })
  return { status, spoiler_text: warning, sensitive: sending.review.spoiler, language: 'en' }
}

/** The id of the picture there. */
async function upload(sending: Sending): Promise<string> {
  const { bytes, type, alt } = await illustration(sending.review)
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), 'review.jpg')
  form.set('description', shorten(alt, ALT))
  const answer = await call(sending, 'POST', '/api/v2/media', form)
  if (!hasId(answer)) throw refusal(answer)
  return String(answer.json.id)
}

/** Waits until the picture may be attached: 206 while the server works on it (methods/media/#get). False when it is not there any more. */
async function processed(sending: Sending, id: string): Promise<boolean> {
  for (let wait = 100; wait < 3000; wait *= 2) {
    const answer = await call(sending, 'GET', `/api/v1/media/${encodeURIComponent(id)}`)
    if (answer.status === 404 || (answer.status === 200 && hasId(answer)))
      return answer.status === 200
    if (answer.status !== 206) throw refusal(answer)
    await pause(wait, undefined, { signal: sending.signal })
  }
  throw new Retry('Mastodon is still working on the picture')
}

/** Among our own newest statuses, back to `since` (ms), the one that links to the review. */
async function find(sending: Sending, since: number): Promise<Posted | undefined> {
  const me = await call(sending, 'GET', '/api/v1/accounts/verify_credentials')
  const link = sending.review.url.replaceAll('&', '&amp;')
  if (!hasId(me)) throw refusal(me)
  for (let page = 0, before = ''; page < PAGES; page++) {
    const answer = await call(
      sending,
      'GET',
      `/api/v1/accounts/${encodeURIComponent(me.json.id)}/statuses?limit=40&exclude_reblogs=true&exclude_replies=true${before}`,
    )
    if (answer.status !== 200 || !Array.isArray(answer.json)) throw refusal(answer)
    const found = answer.json.find(status => String(status?.content).includes(`href="${link}"`))
    if (found) return receiptOf({ ...answer, json: found })
    const last = answer.json.at(-1)
    if (!last?.id || !(Date.parse(last.created_at) >= since)) return undefined
    before = `&max_id=${encodeURIComponent(last.id)}`
  }
}

const known = new Map<string, { limits: typeof DEFAULTS; until: number }>()

/** Asks the server what it allows, at most once an hour; what it does not say, or says strangely, is as everywhere. */
async function learnLimits(sending: Sending) {
  const { url } = sending.settings
  if ((known.get(url)?.until ?? 0) > Date.now()) return
  const { status, json } = await call(sending, 'GET', '/api/v2/instance')
  const { max_characters, characters_reserved_per_url } = json?.configuration?.statuses ?? {}
  if (status !== 200) return
  const sane = (said: unknown, least: number, most: number, otherwise: number) =>
    Number.isInteger(said) && Number(said) >= least && Number(said) <= most
      ? Number(said)
      : otherwise
  known.set(url, {
    limits: {
      most: sane(max_characters, 300, 100_000, DEFAULTS.most),
      url: sane(characters_reserved_per_url, 1, 100, DEFAULTS.url),
    },
    until: Date.now() + LIMITS_LIVE_MS,
  })
}

async function call(
  { settings: { url, token }, signal, quota }: Sending,
  method: string,
  path: string,
  body?: object,
  more: Record<string, string> = {},
): Promise<FarAnswer> {
  const packed = body && new Response(body instanceof FormData ? body : JSON.stringify(body))
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    ...(packed && {
      'content-type':
        body instanceof FormData ? packed.headers.get('content-type')! : 'application/json',
    }),
    ...more,
  }
  const answer = await readAnswer(
    await outboundFetch(trusted('mastodon', url), url.replace(/\/+$/, '') + path, {
      method,
      headers,
      body: await packed?.arrayBuffer(),
      signal,
    }),
  )
  const [of, left] = ['limit', 'remaining'].map(name =>
    Number.parseInt(answer.headers.get(`x-ratelimit-${name}`) ?? ''),
  ) as [number, number]
  const until = resetOf(answer)
  if (left >= 0 && until)
    quota({ left, ...(of >= 0 && { of }), what: 'calls', until: new Date(until).toISOString() })
  return answer
}

/** When (ms) the limit ends: an ISO date (api/rate-limits/), within a day. */
function resetOf({ headers }: FarAnswer): number | undefined {
  const until = Date.parse(headers.get('x-ratelimit-reset') ?? '')
  return until > Date.now() && until < Date.now() + 86_400_000 ? until : undefined
}

/** In Mastodon's own words; a page says nothing about the status. */
const isGone = ({ status, json }: FarAnswer) => status === 404 && json !== undefined

/** Something of theirs with an id, as every success but a list is; it becomes part of later paths. */
const hasId = ({ status, json }: FarAnswer) =>
  status < 300 && typeof json?.id === 'string' && json.id.length > 0 && json.id.length <= 100

function receiptOf(answer: FarAnswer): Posted {
  if (!hasId(answer)) throw refusal(answer)
  const { id, url, media_attachments } = answer.json
  const media = (Array.isArray(media_attachments) ? media_attachments : [])
    .map(each => String(each?.id))
    .slice(0, 4)
  return {
    id,
    ...(typeof url === 'string' &&
      /^https?:\/\//.test(url) &&
      URL.canParse(url) && { url: url.slice(0, 500) }),
    media,
  }
}

/** A page instead of Mastodon's own words tells about the way there (a wrong address, a server being mended), not about this status. */
function refusal(answer: FarAnswer): Error {
  const failure = failureOf(
    answer,
    'Mastodon',
    answer.status === 429 ? { at: resetOf(answer) } : {},
  )
  return failure instanceof Dead &&
    (answer.json === undefined || /not finished processing/i.test(answer.text))
    ? new Retry(failure.message)
    : failure
}
