/** One attempt: calls the part's handler under a time limit and says what became of the row. */
import { OutboundRefused } from '../../outbound/client'
import { networkWords } from '../../outbound/network-words'
import {
  Dead,
  type Delivery,
  Postponed,
  type Reactor,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../contract/define-reactor'
import type { DeliveryRow } from '../ledger/ledger'
import { nextAttempt } from './retry'

export interface AttemptOutcome {
  state: DeliveryRow['state']
  reason: string | null
  receipt: Receipt | null
  dueAt: number
  counted: boolean
  bundle?: string
  origin?: 'worked' | 'failed'
  pause?: { origin: string; until: number }
  stopped?: string
}

const TIMEOUT_MS = 15_000
/** How long a part that was refused waits; who was refused comes a little later, so that another shows first whether it is the part or that one. */
export const STOPPED_MS = 60_000
const BEHIND_MS = 1000

/** `compose` gives the message; when it fails or hangs, that is this attempt's failure. */
export async function attempt(
  reactor: Reactor,
  row: DeliveryRow,
  delivery: Omit<Delivery<unknown, unknown>, 'signal' | 'message'>,
  compose: () => Promise<unknown>,
  now: () => number,
  underWay: Set<Cutter>,
): Promise<AttemptOutcome> {
  const handler = reactor.on[row.type as keyof Reactor['on']]
  if (!handler) return verdict('dead', `${reactor.name} does not know ${row.type}`)
  const controller = new AbortController()
  let cutter!: Cutter
  const cut = new Promise<never>((_, reject) => {
    cutter = byUs => {
      controller.abort()
      reject(new Cut(byUs))
    }
  })
  const timer = setTimeout(() => cutter(false), reactor.timeout ?? TIMEOUT_MS)
  underWay.add(cutter)
  try {
    const receipt = await Promise.race([
      compose().then(message =>
        controller.signal.aborted
          ? undefined
          : handler({ ...delivery, message, signal: controller.signal } as Delivery<any, any>),
      ),
      cut,
    ])
    return { ...verdict('accepted', null), receipt: receipt ?? null, origin: 'worked' }
  } catch (error) {
    return judge(error as Error, reactor, row.attempts + 1, now(), delivery.settings)
  } finally {
    clearTimeout(timer)
    underWay.delete(cutter)
  }
}

/** Ends an attempt before its answer: because time ran out, or because we stop. */
export type Cutter = (byUs: boolean) => void

class Cut extends Error {
  constructor(readonly byUs: boolean) {
    super(byUs ? 'cut off by our own stop' : 'no answer in time')
  }
}

const verdict = (
  state: DeliveryRow['state'],
  reason: string | null,
  dueAt = 0,
): AttemptOutcome => ({
  state,
  reason,
  receipt: null,
  dueAt,
  counted: true,
})

/** Reasons are for editors and may come from a far side: bounded, one line. */
const inWords = (error: Error, settings: Record<string, string> = {}) =>
  withoutSecrets(
    error instanceof TypeError ? (networkWords(error) ?? error.message) : error.message,
    settings,
  )
    .replaceAll(/\s+/g, ' ')
    .slice(0, 300) || error.name

/** A far side that repeats our token in its error must not bring it to the desk, into a letter or a log. */
function withoutSecrets(said: string, settings: Record<string, string>): string {
  const secrets = Object.entries(settings).filter(
    ([name, value]) => /token|secret|key|password/i.test(name) && value.length >= 8,
  )
  return secrets.reduce((words, [, secret]) => words.replaceAll(secret, '…'), said)
}

function judge(
  error: Error,
  reactor: Reactor,
  attempts: number,
  now: number,
  settings: Record<string, string>,
): AttemptOutcome {
  const reason = inWords(error, settings)
  if (error instanceof Cut && error.byUs) return { ...verdict('retry', null, now), counted: false }
  if (error instanceof Suppressed) return { ...verdict('suppressed', reason), origin: 'worked' }
  if (error instanceof Dead || error instanceof OutboundRefused)
    return { ...verdict('dead', reason), origin: 'worked' }
  if (error instanceof Postponed)
    return { ...verdict('pending', reason, error.at), counted: false, bundle: error.bundle }
  if (error instanceof Stopped)
    return {
      ...verdict('retry', reason, now + STOPPED_MS + BEHIND_MS),
      counted: false,
      stopped: reason,
    }
  const { at, pause } = error instanceof Retry ? error.options : {}
  const next = failed(reason, reactor, attempts, now, at)
  return pause === undefined || !at
    ? next
    : {
        ...next,
        origin: next.state === 'dead' ? next.origin : undefined,
        pause: { origin: pause, until: at },
      }
}

/** Again later, `asked` being the time (ms) that the far side named, or given up after the last attempt. */
export function failed(
  reason: string,
  { backoff }: Pick<Reactor, 'backoff'>,
  attempts: number,
  now: number,
  asked?: number,
): AttemptOutcome {
  const dueAt = nextAttempt(attempts, now, { asked, backoff })
  return {
    ...(dueAt === undefined
      ? verdict('dead', `given up after ${attempts} attempts: ${reason}`)
      : verdict('retry', reason, dueAt)),
    origin: 'failed',
  }
}
