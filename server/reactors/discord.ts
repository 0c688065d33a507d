/**
 * Sends each review to a Discord channel through a webhook; a fix or a correction edits the
 * message, archiving deletes it. If Discord's answer is lost, a person is asked to look.
 */
import { z } from 'zod'
import type { PublicReview } from '../../shared/types/review'
import {
  filmOf,
  fitted,
  GIVES_AWAY,
  sentence,
  shorten,
  tooLong,
  verdictOf,
} from '../../shared/wording'
import {
  Dead,
  defineReactor,
  type Receipt,
  Stopped,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { secret } from '../delivery/contract/settings-rules'
import { apiClient, type NetworkDelivery } from '../reactor-kit/api-client'
import { escapeMarkdown } from '../reactor-kit/escape-markdown'
import { contentOf, failureOf, type FarAnswer } from '../reactor-kit/http-answer'
import { neverLeft } from '../reactor-kit/never-left'

/**
 * Only at Discord's own hosts, or a stand-in on this machine: any other host would learn the token.
 */
const WEBHOOK =
  /^(?:https:\/\/(?:\w+\.)?discord(?:app)?\.com|https?:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?)\/[^?#]*webhooks\/\d+\/[\w-]+(?:\?[^#]*)?$/

const settings = z.object({
  url: secret()
    .regex(WEBHOOK, 'must be the address of a webhook at discord.com')
    .describe(
      'the address of a webhook of the channel (Edit channel, Integrations, Webhooks), with `?thread_id=` for a thread in it. Anybody who knows it can post there: keep it like a password. It is at `discord.com`; only a stand-in on this machine may take its place',
    ),
})
type Sending = NetworkDelivery<z.output<typeof settings>>

/**
 * Saved before the call: a webhook takes no idempotency key and lists no messages
 * (resources/webhook), so if there is no answer we cannot find out what became of it.
 */
interface Progress {
  receipt?: Receipt
  asked?: true
}

const MOST = 2000
const UNKNOWN: Receipt = {
  byHand: 'Discord did not answer: look for the message in the channel and remove it by hand',
}

export default defineReactor<undefined, undefined, z.output<typeof settings>>({
  name: 'discord',
  label: 'Discord',
  settings,
  on: {
    ReviewPublished: publish,
    ReviewFixed: edit,
    ReviewCorrected: edit,
    ReviewArchived: takeDown,
  },
  render(review, { text }) {
    const { text: say, line } = wordsOf(review, text)
    const length = lengthOf(say)
    return { say, line, length, limit: MOST, problem: tooLong(length, MOST) }
  },
})

function wordsOf(
  { title, movie, rating, summary, url, spoiler, corrections }: PublicReview,
  text?: string,
  edited = false,
) {
  const note = corrections.at(-1)?.note
  const say = (line: string) =>
    [
      shorten(title, 200),
      spoiler && GIVES_AWAY,
      line,
      `${shorten(filmOf(movie), 200)}: ${verdictOf(rating)}\n${url}`,
      note && `Corrected: ${shorten(sentence(note), 500)}`,
    ]
      .filter(Boolean)
      .join('\n\n')
  return fitted({
    line: text ?? summary,
    tags: [],
    most: MOST,
    count: lengthOf,
    say,
    chosen: text !== undefined && !edited,
  })
}

/** What is sent has a backslash before each sign that would be Markdown. */
const lengthOf = (text: string) => escapeMarkdown(text).length

async function publish(sending: Sending): Promise<Receipt> {
  const { receipt, asked } = (sending.progress ?? {}) as Progress
  if (receipt?.id) return receipt
  await sending.saveProgress({ receipt: UNKNOWN, ...(!asked && { asked: true }) })
  if (asked)
    throw new Dead(
      'Discord did not answer, and cannot be asked: look in the channel, then send it again or skip it',
    )
  const posted = await post(sending)
  await sending.saveProgress({ receipt: posted })
  return posted
}

/**
 * A message that was refused, or never left this server, is not in the channel, so it is safe to
 * send again.
 */
async function post(sending: Sending): Promise<Receipt> {
  const forget = () => sending.saveProgress({})
  const answer = await connect(sending)('POST', '?wait=true', {
    body: bodyOf(sending),
  }).catch(async error => {
    if (neverLeft(error)) await forget()
    throw error
  })
  if (answer.status < 300) return contentOf(answer, Message) ?? UNKNOWN
  await forget()
  throw refusal(answer)
}

async function edit(sending: Sending): Promise<Receipt> {
  const { id, gone, byHand } = sending.receipt ?? {}
  if (gone) throw new Suppressed('the message was deleted when the review was archived')
  if (!id)
    throw new Suppressed(byHand ? 'Discord never said which message it is' : 'nothing was posted')
  const answer = await connect(sending)('PATCH', `/messages/${id}`, {
    body: bodyOf(sending, true),
  })
  if (isGone(answer)) throw new Suppressed('the message is no longer there')
  if (answer.status >= 300) throw refusal(answer)
  return sending.receipt!
}

async function takeDown(sending: Sending): Promise<Receipt> {
  const { id, gone, byHand } = sending.receipt ?? {}
  if (!id && !gone && !byHand) throw new Suppressed('nothing was posted')
  if (!id || gone) return sending.receipt!
  const answer = await connect(sending)('DELETE', `/messages/${id}`)
  if (answer.status >= 300 && !isGone(answer)) throw refusal(answer)
  return { ...sending.receipt, gone: true }
}

const bodyOf = ({ review, text }: Sending, edited = false) => ({
  content: escapeMarkdown(wordsOf(review, text, edited).text),
  allowed_mentions: { parse: [] },
})

const connect = apiClient({
  part: 'discord',
  label: 'Discord',
  settings,
  url: ({ url }) => url,
  headers: ({ review }) => ({
    'content-type': 'application/json',
    'user-agent': `DiscordBot (${new URL(review.url).origin}, 1)`,
  }),
})

const Message = z.object({ id: z.string().regex(/^\d{1,20}$/) })
const UnknownMessage = z.object({ code: z.literal(10008) })
const Limited = z.object({ retry_after: z.number().positive().max(86_400) })

const isGone = ({ status, json }: FarAnswer) =>
  status === 404 && UnknownMessage.safeParse(json).success

/**
 * Codes about the channel behind the webhook, not about this message (topics/opcodes-and-status-codes):
 * a forum that needs a thread or a tag, a channel without threads, a thread that is locked or archived.
 */
const WRONG_CHANNEL = new Set([220_001, 220_003, 40_067, 160_005, 50_083])
const ChannelError = z.object({ code: z.number().refine(code => WRONG_CHANNEL.has(code)) })
const ThreadError = z.object({ errors: z.object({ thread_id: z.unknown() }) })

/**
 * The body has the limit to the millisecond. A 404 here means that somebody deleted the webhook.
 */
function refusal(answer: FarAnswer): Error {
  const seconds = Limited.safeParse(answer.json).data?.retry_after
  const failure = failureOf(answer, { at: seconds && Date.now() + seconds * 1000 })
  const isSetup = [ChannelError, ThreadError].some(shape => shape.safeParse(answer.json).success)
  return answer.status === 404 || isSetup ? new Stopped(failure.message) : failure
}
