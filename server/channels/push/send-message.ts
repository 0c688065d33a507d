/**
 * Sends one message to a reader's push service and turns its answer into what the ledger
 * understands.
 */
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
  /** Called when the subscription no longer exists. */
  forget: (endpoint: string) => Promise<void>
  now: () => number
}

/** Two days, so that a phone that was off over a weekend still gets it (RFC 8030 section 5.2). */
const TTL_SECONDS = 172_800
const REFUSED_MS = 30 * 60_000
/** A subscription that is refused this often while others are accepted will never work. */
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

/**
 * Resolves when the push service has accepted the message, which does not mean that it was shown.
 * Throws Retry, Dead or Suppressed.
 */
export async function sendMessage(
  reader: { endpoint: string; keys: ReaderKeys },
  message: Message,
  { attempt, signal }: { attempt: number; signal: AbortSignal },
  dependencies: Dependencies,
): Promise<void> {
  const { origin, host } = new URL(reader.endpoint)
  const post = (text: Uint8Array) => postSealed(reader, text, message, dependencies, signal)
  let answer = await post(message.json)
  if (answer.is === 'too-long') answer = await post(message.trimmed)
  const reason = 'reason' in answer ? `${host} ${answer.reason}` : ''
  switch (answer.is) {
    case 'accepted':
      return dependencies.refusals.accepted(origin)
    case 'gone':
      await dependencies.forget(reader.endpoint)
      throw new Suppressed(reason)
    case 'later':
      throw new Retry(reason, { at: answer.at, ...(answer.whole && { pause: origin }) })
    case 'refused':
      return refused(reader.endpoint, `${reason} (refuses us)`, attempt, dependencies)
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
  dependencies: Dependencies,
  signal: AbortSignal,
): Promise<AnswerClass> {
  const { origin, host } = new URL(endpoint)
  try {
    const body = await dependencies.sealer.seal(text, keys)
    const headers = {
      authorization: dependencies.authorization(origin),
      ttl: String(TTL_SECONDS),
      urgency: message.urgency,
      topic: message.topic,
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
    }
    return classifyAnswer(
      await dependencies.sessions.post({ endpoint, headers, body, signal }),
      dependencies.now(),
    )
  } catch (error) {
    if (error instanceof OutboundRefused) throw error
    if (error instanceof BadKeys) throw new Dead(error.message)
    throw new Retry(
      `no answer from ${host}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`,
    )
  }
}
