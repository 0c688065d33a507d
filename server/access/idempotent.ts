/** The same command sent twice is done once: what was answered to an Idempotency-Key is answered again. */
import {
  getRequestHeader,
  getResponseHeader,
  getResponseStatus,
  type H3Event,
  setResponseHeader,
  setResponseStatus,
} from 'h3'
import { useApp } from '../db/open'
import { clientAddress } from '../http/limits'
import { Problem } from '../http/problem'
import { sha256 } from './session-hash'
import { whoAmI } from './who'

const HOUR = 3600_000
const KEPT = 48 * HOUR

interface Kept {
  bodyHash: string
  status: number
  body: unknown
  location?: string
}

/** Commands on their way, so that a second request with the same key waits for the first. */
const running = new Map<string, Promise<Kept>>()

/**
 * Runs a command at most once per Idempotency-Key, caller and route (48 h). `run` gets a `commandId` for EventLog.append, which holds even when this
 * process dies before the answer is kept; it is undefined without a key. `secretless` says what a repeat is told where the answer carries a secret. With `inLog` the answer leaves before it is kept: the log knows the command by its id, whatever becomes of us.
 * The status and the Location that `run` sets are kept with its answer; a refusal is not kept, the command may be sent again.
 * 400 a key that is no key, 422 the same key with another body.
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
  const once = kept(scoped).then(async before => {
    if (before) return before
    fresh = { answer: await run(scoped) }
    const done = {
      bodyHash,
      status: getResponseStatus(event),
      body: secretless(fresh.answer),
      location: getResponseHeader(event, 'location') as string | undefined,
    }
    keeping = keep(scoped, done)
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
  { bodyHash, status, body, location }: Kept,
  given: string,
): unknown {
  if (bodyHash !== given)
    throw new Problem(
      422,
      'The Idempotency-Key was used before',
      'This key came with another body before. Make a new key for a new command.',
    )
  setResponseStatus(event, status)
  if (location) setResponseHeader(event, 'location', location)
  setResponseHeader(event, 'idempotency-replayed', 'true')
  return body
}

async function kept(key: string): Promise<Kept | undefined> {
  const row = await (
    await useApp()
  )
    .selectFrom('idempotency')
    .select(['body_hash', 'status', 'answer'])
    .where('key', '=', key)
    .where('at', '>', Date.now() - KEPT)
    .executeTakeFirst()
  return (
    row && {
      bodyHash: row.body_hash,
      status: row.status,
      ...(JSON.parse(row.answer) as Pick<Kept, 'body' | 'location'>),
    }
  )
}

/** The command is done by now: that its answer cannot be kept must not make it look undone. */
async function keep(key: string, { bodyHash, status, body, location }: Kept): Promise<void> {
  const row = {
    body_hash: bodyHash,
    status,
    answer: JSON.stringify({ body, location }),
    at: Date.now(),
  }
  try {
    const app = await useApp()
    await app
      .insertInto('idempotency')
      .values({ key, ...row })
      .onConflict(taken => taken.column('key').doUpdateSet(row))
      .execute()
    if (row.at - lastPruned > HOUR) {
      lastPruned = row.at
      await app
        .deleteFrom('idempotency')
        .where('at', '<', row.at - KEPT)
        .execute()
    }
  } catch (error) {
    console.error('an answer could not be kept for its Idempotency-Key:', (error as Error).message)
  }
}

let lastPruned = 0
