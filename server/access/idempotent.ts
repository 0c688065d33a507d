/**
 * Runs a command once even if it is sent twice: a repeated Idempotency-Key gets the first answer
 * again.
 */
import {
  getRequestHeader,
  getResponseHeader,
  getResponseStatus,
  type H3Event,
  setResponseHeader,
  setResponseStatus,
} from 'h3'
import { clientAddress } from '../http/limits'
import { Problem } from '../http/problem'
import { keepAnswer, type KeptAnswer, readAnswer } from './kept-answers'
import { sha256 } from './session-hash'
import { whoAmI } from './who'

/** Commands under way, so that a second request with the same key waits for the first. */
const running = new Map<string, Promise<KeptAnswer>>()

/**
 * Runs a command at most once per Idempotency-Key, caller and route (48 h). `run` gets a `commandId`
 * for EventLog.append, which works even if this process dies before the answer is kept; it is undefined
 * without a key. `secretless` makes the answer for a repeat, if the first one carries a secret. With
 * `inLog` the answer is sent before it is kept: the log knows the command by its id in any case.
 * The status and the Location that `run` sets are kept with its answer. A refusal is not kept: the
 * command may be sent again. 400 for a malformed key, 422 for the same key with another body.
 */
export async function idempotent<Answer>(
  event: H3Event,
  input: unknown,
  run: (commandId: string | undefined) => Promise<Answer>,
  {
    secretless = answer => answer,
    inLog = false,
  }: { secretless?: (answer: Answer) => unknown; inLog?: boolean } = {},
): Promise<unknown> {
  const key = getRequestHeader(event, 'idempotency-key')
  if (key === undefined) return run(undefined)
  if (!/^[\x21-\x7E]{1,255}$/.test(key))
    throw new Problem(
      400,
      'The Idempotency-Key is malformed',
      'It must have 1 to 255 printable ASCII characters.',
    )
  const scoped = sha256(
    `${(await whoAmI(event))?.caller ?? clientAddress(event)}\n${event.method} ${event.path.split('?')[0]}\n${key}`,
  )
  const bodyHash = sha256(JSON.stringify(input) ?? '')

  const first = running.get(scoped)
  if (first) return repeat(event, await first, bodyHash)

  let fresh: { answer: Answer } | undefined
  let keeping: Promise<void> | undefined
  const once = readAnswer(scoped).then(async before => {
    if (before) return before
    fresh = { answer: await run(scoped) }
    const done = {
      bodyHash,
      status: getResponseStatus(event),
      body: secretless(fresh.answer),
      location: getResponseHeader(event, 'location') as string | undefined,
    }
    keeping = keepAnswer(scoped, done)
    if (!inLog) await keeping
    return done
  })
  running.set(scoped, once)
  try {
    const done = await once
    return fresh ? fresh.answer : repeat(event, done, bodyHash)
  } finally {
    void Promise.resolve(keeping).then(() => running.delete(scoped))
  }
}

function repeat(
  event: H3Event,
  { bodyHash, status, body, location }: KeptAnswer,
  given: string,
): unknown {
  if (bodyHash !== given)
    throw new Problem(
      422,
      'The Idempotency-Key was used before',
      'This key was sent with another body before. Use a new key for a new command.',
    )
  setResponseStatus(event, status)
  if (location) setResponseHeader(event, 'location', location)
  setResponseHeader(event, 'idempotency-replayed', 'true')
  return body
}
