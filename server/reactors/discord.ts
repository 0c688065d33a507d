/** A review is one message in a Discord channel, sent through a webhook: edited on a fix or a correction, deleted when the review is archived; where the answer was lost a person is asked to look. */
import { z } from 'zod'
import type { PublicReview } from '../../shared/types/review'
import { filmOf, fitted, sentence, shorten, tooLong, verdictOf } from '../../shared/wording'
import {
  Dead,
  defineReactor,
  type Receipt,
  Stopped,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { secret } from '../delivery/contract/settings-rules'
import { apiClient, type NetworkDelivery } from '../reactor-kit/api-client'
import { contentOf, failureOf, type FarAnswer } from '../reactor-kit/http-answer'
import { neverLeft } from '../reactor-kit/never-left'

/** At Discord's own hosts; a stand-in may run on this machine. Any other host would be told the token. */
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

/** Saved before the call: a webhook takes no key and lists no messages (resources/webhook), so what became of one without an answer cannot be asked. */
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
    return { say, line, length: say.length, limit: MOST, problem: tooLong(say.length, MOST) }
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
      spoiler && 'This one gives the story away.',
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
    count: said => said.length,
    say,
    chosen: text !== undefined && !edited,
  })
}

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

/** What was refused, or never left the house, is not in the channel: it may be sent again. */
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
  content: wordsOf(review, text, edited).text,
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

/** A limit is told to the millisecond in the body. Any other 404 is the webhook's own: somebody deleted it. */
function refusal(answer: FarAnswer): Error {
  const seconds = Limited.safeParse(answer.json).data?.retry_after
  const failure = failureOf(answer, { at: seconds && Date.now() + seconds * 1000 })
  return answer.status === 404 ? new Stopped(failure.message) : failure
}
