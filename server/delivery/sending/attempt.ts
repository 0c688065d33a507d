/**
 * Makes one attempt: calls the part's handler under a time limit and says what became of the
 * delivery.
 */
import type { Clock } from '../../kit/clock'
import type { Delivery, Reactor, Receipt } from '../contract/define-reactor'
import type { DeliveryRow } from '../ledger/delivery-row'
import { type AttemptOutcome, CutOff, outcome, outcomeOfError } from './attempt-outcome'

const TIMEOUT_MS = 15_000

/** Ends an attempt before it is answered, because time ran out or the part is stopping. */
export type CutAttempt = (by: 'timeout' | 'stop') => void

export interface AttemptContext {
  reactor: Reactor
  clock: Clock
  /** The attempts that a stop has to cut off. */
  underWay: Set<CutAttempt>
}

type Handler = (delivery: Delivery<unknown, unknown>) => Promise<Receipt | undefined>

/** `compose` makes the message; if it fails or hangs, this attempt fails. */
export async function attempt(
  { reactor, clock, underWay }: AttemptContext,
  row: DeliveryRow,
  delivery: Omit<Delivery<unknown, unknown>, 'signal' | 'message'>,
  compose: () => Promise<unknown>,
): Promise<AttemptOutcome> {
  const handler = reactor.on[row.type as keyof Reactor['on']] as Handler | undefined
  if (!handler) return outcome('dead', `${reactor.name} does not know ${row.type}`)
  const { signal, cut, whenCut } = cutter()
  const timer = clock.setTimeout(() => cut('timeout'), reactor.timeout ?? TIMEOUT_MS)
  underWay.add(cut)
  const send = async () => {
    const message = await compose()
    return signal.aborted ? undefined : handler({ ...delivery, message, signal })
  }
  try {
    const receipt = await Promise.race([send(), whenCut])
    return { ...outcome('accepted', null), receipt: receipt ?? null, origin: 'worked' }
  } catch (error) {
    return outcomeOfError(error as Error, {
      reactor,
      attempts: row.attempts + 1,
      now: clock.now(),
      settings: delivery.settings,
    })
  } finally {
    clock.clearTimeout(timer)
    underWay.delete(cut)
  }
}

function cutter() {
  const controller = new AbortController()
  const { promise: whenCut, reject } = Promise.withResolvers<never>()
  const cut: CutAttempt = by => {
    controller.abort()
    reject(new CutOff(by))
  }
  return { signal: controller.signal, cut, whenCut }
}
