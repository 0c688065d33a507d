/** Sends one message to one reader's push service and turns its answer into what the ledger understands. */
import { Dead, Retry, Suppressed } from '../../delivery/contract/define-reactor'
import { OutboundRefused } from '../../outbound/client'
import type { AnswerClass } from './classify-answer'
import { classifyAnswer } from './classify-answer'
import type { OriginSessions } from './origin-session'
import type { Notification } from './payload'
import { encode, topicOf, TRIMMED } from './payload'
import type { RefusalTracker } from './refusal-tracker'
import type { ReaderKeys } from './seal'
import type { Sealer } from './sealer'
import { BadKeys } from './sealer'

/** Made once for all readers of an event. */
export interface Message {
  json: Uint8Array
  trimmed: Uint8Array
  topic: string
  urgency: 'normal' | 'low'
}

export interface Dependencies {
  sessions: Pick<OriginSessions, 'post'>
  sealer: Pick<Sealer, 'seal'>
  refusals: RefusalTracker
  /** The `Authorization` header for an origin. */
  authorization: (origin: string) => string
  /** Called when nobody is there any more. */
  forget: (endpoint: string) => Promise<void>
  now: () => number
}

/** Two days: a phone that was off over the weekend's end is still told (RFC 8030 section 5.2). */
const TTL_SECONDS = 172_800
const REFUSED_MS = 30 * 60_000
/** A subscription that is refused so often while others are accepted will never work. */
const REFUSALS = 4

export const prepare = (
  notification: Notification,
  urgency: Message['urgency'] = 'normal',
): Message => ({
  json: encode(notification),
  trimmed: encode(notification, TRIMMED),
  topic: topicOf(notification.tag),
  urgency,
})

/** Resolves when the push service took the message, which is not yet shown. Throws Retry, Dead or Suppressed. */
export async function sendMessage(
  reader: { endpoint: string; keys: ReaderKeys },
  message: Message,
  { attempt, signal }: { attempt: number; signal: AbortSignal },
  parts: Dependencies,
): Promise<void> {
  const { origin, host } = new URL(reader.endpoint)
  const post = (text: Uint8Array) => postSealed(reader, text, message, parts, signal)
  let verdict = await post(message.json)
  if (verdict.is === 'too-long') verdict = await post(message.trimmed)
  const reason = 'reason' in verdict ? `${host} ${verdict.reason}` : ''
  switch (verdict.is) {
    case 'accepted':
      return parts.refusals.accepted(origin)
    case 'gone':
      await parts.forget(reader.endpoint)
      throw new Suppressed(reason)
    case 'later':
      throw new Retry(reason, { at: verdict.at, ...(verdict.whole && { pause: origin }) })
    case 'refused':
      return refused(reader.endpoint, `${reason} (refuses us)`, attempt, parts)
    default:
      throw new Dead(reason)
  }
}

async function refused(
  endpoint: string,
  reason: string,
  attempt: number,
  { refusals, forget, now }: Dependencies,
): Promise<never> {
  const { origin } = new URL(endpoint)
  if (refusals.refused(origin)) throw new Retry(reason, { at: now() + REFUSED_MS, pause: origin })
  if (attempt < REFUSALS) throw new Retry(reason)
  await forget(endpoint)
  throw new Suppressed(`${reason}, others are accepted: forgotten`)
}

async function postSealed(
  { endpoint, keys }: { endpoint: string; keys: ReaderKeys },
  text: Uint8Array,
  message: Message,
  parts: Dependencies,
  signal: AbortSignal,
): Promise<AnswerClass> {
  const { origin, host } = new URL(endpoint)
  try {
    const body = await parts.sealer.seal(text, keys)
    const headers = {
      authorization: parts.authorization(origin),
      ttl: String(TTL_SECONDS),
      urgency: message.urgency,
      topic: message.topic,
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
    }
    return classifyAnswer(
      await parts.sessions.post({ endpoint, headers, body, signal }),
      parts.now(),
    )
  } catch (error) {
    if (error instanceof OutboundRefused) throw error
    if (error instanceof BadKeys) throw new Dead(error.message)
    throw new Retry(
      `no answer from ${host}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`,
    )
  }
}
