/** A review is one message in a Discord channel, sent through a webhook: edited on a fix or a correction, deleted when the review is withdrawn; where the answer was lost a person is asked to look. */
import { filmOf, fitted, sentence, shorten, tooLong, verdictOf } from '../../shared/wording'
import {
  Dead,
  defineReactor,
  type Delivery,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { outboundFetch, trusted } from '../outbound/client'
import { failureOf, readAnswer } from '../reactor-kit/http-answer'

const settings = { url: '' }
const MOST = 2000
const NEVER_LEFT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/
/** At Discord's own hosts; a stand-in may run on this machine. Whoever else were called would be told the token. */
const WEBHOOK =
  /^(?:https:\/\/(?:\w+\.)?discord(?:app)?\.com|https?:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?)\/[^?#]*webhooks\/\d+\/[\w-]+(?:\?[^#]*)?$/
type Sending = Delivery<undefined, undefined, typeof settings>
/** Saved before the call: a webhook takes no key and lists no messages (resources/webhook), so what became of one without an answer cannot be asked. */
const UNKNOWN: Receipt = {
  byHand: 'Discord did not answer: look for the message in the channel and remove it by hand',
}

export default defineReactor<undefined, undefined, typeof settings>({
  name: 'discord',
  label: 'Discord',
  settings,
  ready: ({ url }) =>
    url
      ? WEBHOOK.test(url) || 'NUXT_DISCORD_URL must be the address of a webhook at discord.com'
      : 'Not set up',
  on: {
    ReviewPublished: publish,
    ReviewFixed: change,
    ReviewCorrected: change,
    ReviewArchived: change,
  },
  render: (review, { text }) =>
    (({ text: say, line }) => ({
      say,
      line,
      length: say.length,
      limit: MOST,
      problem: tooLong(say.length, MOST),
    }))(wordsOf(review, text)),
})

function wordsOf(
  { title, movie, rating, summary, url, spoiler, corrections }: Sending['review'],
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
  const { receipt, asked } = (sending.progress ?? {}) as { receipt?: Receipt; asked?: true }
  if (receipt?.id) return receipt
  await sending.saveProgress({ receipt: UNKNOWN, ...(!asked && { asked: true }) })
  if (asked)
    throw new Dead(
      'Discord did not answer, and cannot be asked: look in the channel, then send it again or skip it',
    )
  const told = await call(sending, 'POST').then(
    id => (id ? { id } : UNKNOWN),
    async error => {
      if (
        [Retry, Dead, Stopped].some(kind => error instanceof kind) ||
        NEVER_LEFT.test(error.cause?.code)
      )
        await sending.saveProgress({})
      throw error
    },
  )
  return sending.saveProgress({ receipt: told }).then(() => told)
}

async function change(sending: Sending): Promise<Receipt> {
  const { receipt = {}, withdrawn } = sending
  const lost = receipt.gone
    ? 'the message was deleted when the review was withdrawn'
    : receipt.id
      ? ''
      : receipt.byHand
        ? 'Discord never said which message it is'
        : 'nothing was posted'
  if (lost && !(withdrawn && (receipt.gone || receipt.byHand))) throw new Suppressed(lost)
  if (!lost && !(await call(sending, withdrawn ? 'DELETE' : 'PATCH', receipt.id)) && !withdrawn)
    throw new Suppressed('the message is no longer there')
  return withdrawn && !lost ? { ...receipt, gone: true } : receipt
}

/** Answers the id of the message, undefined where it is gone or no id was told. The token in the address is a secret: an answer that repeats it is crossed out. */
async function call(
  { settings: { url }, review, text, signal }: Sending,
  method: string,
  id?: string,
): Promise<string | undefined> {
  const at = new URL(url)
  const token = at.pathname.split('/').at(-1)!
  const body = JSON.stringify({
    content: wordsOf(review, text, Boolean(id)).text,
    allowed_mentions: { parse: [] },
  })
  Object.assign(
    at,
    id
      ? { pathname: `${at.pathname}/messages/${id}` }
      : { search: new URLSearchParams([...at.searchParams, ['wait', 'true']]) },
  )
  const answer = await readAnswer(
    await outboundFetch(trusted('discord', url), at, {
      method,
      headers: {
        'content-type': 'application/json',
        'user-agent': `DiscordBot (${new URL(review.url).origin}, 1)`,
      },
      body: method === 'DELETE' ? undefined : body,
      signal,
    }),
  )
  const { status, json } = answer
  const isGone = status === 404 && json?.code === 10008
  if (isGone || status < 300) return isGone ? undefined : (id ?? /^\d{1,20}$/.exec(json?.id)?.[0])
  const failure = failureOf(
    { ...answer, json: json && JSON.parse(JSON.stringify(json).replaceAll(token, '…')) },
    'Discord',
    {
      at:
        json?.retry_after > 0 && json.retry_after < 86_400
          ? Date.now() + json.retry_after * 1000
          : undefined,
    },
  )
  throw status === 404 ? new Stopped(failure.message) : failure
}
