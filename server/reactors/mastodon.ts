/** Posts each review on Mastodon with its picture; a fix or correction edits it, archiving deletes it. */
import { z } from 'zod'
import { hashtagsOf } from '../../shared/hashtags'
import type { PublicReview } from '../../shared/types/review'
import {
  filmOf,
  fitted,
  sentence,
  shorten,
  tooLong,
  verdictOf,
  withoutMentions,
} from '../../shared/wording'
import {
  type About,
  defineReactor,
  type Receipt,
  Retry,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { address, secret } from '../delivery/contract/settings-rules'
import { apiClient, type Call, type NetworkDelivery } from '../reactor-kit/api-client'
import { neverLeft } from '../reactor-kit/never-left'
import { illustration, illustrationShown } from '../reactor-kit/pictures'
import { type ProgressOf, progressOf } from '../reactor-kit/progress'
import {
  countCharacters,
  findStatus,
  isGone,
  isProcessed,
  isThere,
  learnLimits,
  limitsOf,
  mayLackEditing,
  type Status,
  statusIn,
  statusPath,
  uploadPicture,
} from '../reactor-kit/statuses-api'

const settings = z.object({
  url: address().describe('the server (`https://mastodon.social`)'),
  token: secret().describe(
    'a token of the account (scopes `write:statuses`, `write:media`, and for looking up what was posted `read:accounts`, `read:statuses`)',
  ),
})
type Settings = z.output<typeof settings>
type Sending = NetworkDelivery<Settings>

/**
 * `media` are the ids of its attachments, which an edit must name again to keep them. `asked` is
 * when (ms) the status was first sent, all we know if no answer came.
 */
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

/** Keys live "for up to 1 hour" (methods/statuses/#create); after that we look for the status. */
const KEY_LIVES_MS = 50 * 60_000
/** Media that no status uses is removed after 24 hours (methods/statuses/#delete). */
const MEDIA_LIVES_MS = 12 * 3600_000
const NOTE = 100

export default defineReactor<undefined, undefined, Settings>({
  name: 'mastodon',
  label: 'Mastodon',
  settings,
  on: {
    ReviewPublished: publish,
    ReviewFixed: edit,
    ReviewCorrected: edit,
    ReviewArchived: takeDown,
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

/** The warning counts too (StatusLengthValidator). */
function wordsOf(
  review: PublicReview,
  { settings, text, edited }: Pick<About<Settings>, 'settings' | 'text'> & { edited?: boolean },
) {
  const { title, movie, rating, summary, critic, url, spoiler, corrections } = review
  const { characters: most, perLink } = limitsOf(settings.url)
  const count = (text: string) => countCharacters(text, perLink)
  const film = shorten(filmOf(movie), 60)
  const warning = spoiler ? `Spoilers for ${withoutMentions(film)}` : undefined
  const note = corrections.at(-1)?.note
  const say = (line: string, tags: string[]) =>
    [
      withoutMentions(shorten(title, 100)),
      line,
      `${withoutMentions(`${film}: ${verdictOf(rating)} By ${shorten(critic.name, 40)}.`)}\n${url}`,
      tags.join(' '),
      note && `Corrected: ${withoutMentions(shorten(sentence(note), NOTE))}`,
    ]
      .filter(Boolean)
      .join('\n\n')
  // A critic's line fitted when it was chosen, but is cut to make room for the note of a later
  // correction.
  const { text: status, line } = fitted({
    line: text ?? withoutMentions(summary),
    tags: hashtagsOf(review).slice(0, 5),
    most: most - count(warning ?? ''),
    count,
    say,
    chosen: text !== undefined && !edited,
  })
  return { status, warning, line, most, length: count(status) + count(warning ?? '') }
}

async function publish(sending: Sending): Promise<Posted> {
  const call = connect(sending)
  const { now, save } = progressOf<Progress>(sending)
  const asked = now().receipt?.asked
  const isKnown = asked !== undefined && Date.now() - asked < KEY_LIVES_MS
  // Servers of the same kind may not know idempotency keys, so a lost answer is looked for first.
  const there = asked === undefined ? undefined : await findStatus(call, sending.review.url, asked)
  if (there) return asReceipt(there)
  await learnLimits(call, sending.settings.url)
  // A repeat sends the same picture: it may be attached by now, and the server no longer lists
  // attached media.
  if (!isKnown) {
    await preparePicture(sending, call, { now, save })
    if (asked === undefined) await save({ receipt: { asked: Date.now() } })
  }
  const answer = await call('POST', '/api/v1/statuses', {
    body: { ...bodyOf(sending), media_ids: [now().media] },
    headers: { 'idempotency-key': sending.key },
  }).catch(async error => {
    if (asked === undefined && neverLeft(error)) await save({ receipt: undefined })
    throw error
  })
  return asReceipt(statusIn(answer))
}

/** Makes sure that there is a picture to attach; reuses one that an earlier attempt uploaded. */
async function preparePicture(
  { review, signal }: Sending,
  call: Call,
  { now, save }: ProgressOf<Progress>,
) {
  if (!now().media || Date.now() - (now().mediaAt ?? 0) > MEDIA_LIVES_MS) {
    const { id, isReady } = await uploadPicture(call, await illustration(review))
    await save({ media: id, mediaAt: Date.now() })
    if (isReady) return
  }
  if (await isProcessed(call, now().media!, signal)) return
  await save({ media: undefined })
  throw new Retry('Mastodon has lost the picture')
}

async function edit(sending: Sending): Promise<Posted> {
  const call = connect(sending)
  const { id, media = [], gone } = await postedBefore(sending)
  if (gone) throw new Suppressed('the status was deleted when the review was archived')
  await learnLimits(call, sending.settings.url)
  const body = { ...bodyOf(sending, true), media_ids: media }
  const answer = await call('PUT', statusPath(id!), { body })
  if (answer.status < 300 || !mayLackEditing(answer)) return asReceipt(statusIn(answer))
  if (!(await isThere(call, id!))) throw new Suppressed('the status is no longer there')
  return { ...sending.receipt, id, media, byHand: 'this server cannot edit: change it there' }
}

async function takeDown(sending: Sending): Promise<Posted> {
  const receipt = await postedBefore(sending)
  if (receipt.gone) return receipt
  const answer = await connect(sending)('DELETE', statusPath(receipt.id!))
  if (!isGone(answer)) statusIn(answer)
  return { ...receipt, byHand: undefined, gone: true }
}

/** Our status there; looks for it if the answer was lost. */
async function postedBefore(sending: Sending): Promise<Posted> {
  const receipt: Posted = sending.receipt ?? {}
  if (receipt.id || receipt.gone) return receipt
  const found =
    receipt.asked && (await findStatus(connect(sending), sending.review.url, receipt.asked))
  if (!found) throw new Suppressed('nothing was posted')
  return asReceipt(found)
}

function bodyOf(sending: Sending, edited = false) {
  const { status, warning = '' } = wordsOf(sending.review, { ...sending, edited })
  const { language = 'en' } = sending.review
  return { status, spoiler_text: warning, sensitive: sending.review.spoiler, language }
}

const asReceipt = ({ id, url, media_attachments }: Status): Posted => ({
  id,
  ...(url && { url }),
  media: media_attachments.map(each => each.id),
})

const connect = apiClient({
  part: 'mastodon',
  label: 'Mastodon',
  settings,
  url: ({ url }) => url,
  headers: ({ settings: { token } }) => ({ authorization: `Bearer ${token}` }),
  // api/rate-limits/
  limits: { 'x-ratelimit': 'calls' },
})
