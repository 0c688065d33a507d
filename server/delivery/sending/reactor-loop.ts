/** Runs one part: while it holds the lease, it plans new events and sends what is due. */
import { type Clock, sleep, systemClock } from '../../kit/clock'
import type { Reactor } from '../contract/define-reactor'
import {
  giveBackLease,
  type Lease,
  LEASE_MS,
  LeaseLost,
  renewLease,
  takeLease,
  type TakenLease,
} from '../ledger/lease'
import { LeaseWatch } from '../ledger/lease-watch'
import {
  afterSetBack,
  clampDueTimes,
  reclaimInterrupted,
  retryAfterRepair,
} from '../ledger/recovery'
import type { DeliveryContext } from '../planning/context'
import { PartCredential } from './credential'
import { credentialLoop } from './credential-loop'
import { LastError } from './last-error'
import { PartHealth } from './part-health'
import { planLoop } from './plan-loop'
import { LONGEST_WAIT_MS } from './retry'
import { sendLoop } from './send-loop'
import { Sender } from './sender'
import { Sleeper } from './sleeper'

export type LoopContext = Omit<DeliveryContext, 'now'> & { clock?: Clock }

const PATIENCE_MS = 3000
const LOOPS_END_MS = 1000
const AFTER_FAILURE_MS = 1000
/** Longer than any attempt may take. */
const SENDS_END_MS = 60_000

export class ReactorLoop {
  private clock: Clock
  private sleeper: Sleeper
  private lastError: LastError
  private lease?: Lease
  private sender?: Sender
  private running?: Promise<void>
  private stopping = false
  private stopped = Promise.withResolvers<undefined>()

  constructor(
    private reactor: Reactor,
    private context: LoopContext,
  ) {
    this.clock = context.clock ?? systemClock
    this.sleeper = new Sleeper(this.clock)
    this.lastError = new LastError(context.app, reactor.name, this.clock.now)
  }

  /** Starts in the background and keeps trying to hold the lease until stopped. */
  start() {
    this.running = this.holdLease()
  }

  /** Takes at most about four seconds; sends that had to be cut off are due again. */
  async stop() {
    this.stopping = true
    this.stopped.resolve(undefined)
    this.sleeper.stop()
    await this.sender?.stop(PATIENCE_MS)
    await Promise.race([this.running, sleep(this.clock, LOOPS_END_MS)])
    if (this.lease) await giveBackLease(this.context.app, this.lease)
    await this.reactor.close?.()
  }

  /** Looks at once for what is due. */
  wake() {
    this.sleeper.wake()
  }

  private async holdLease() {
    const { app, log } = this.context
    const watch = new LeaseWatch(this.clock.elapsed)
    while (!this.stopping) {
      try {
        const { name } = this.reactor
        const head = () => log.head()
        const lease = await takeLease(app, name, head, this.clock.now(), watch.isAbandoned)
        this.lease = lease
        if (lease) await this.work(lease)
        else await this.sleeper.sleep(LEASE_MS / 4)
      } catch (error) {
        if (!(error instanceof LeaseLost)) this.lastError.note((error as Error).message)
        // What is under way may have arrived: cutting it off would send it twice.
        await this.sender?.stop(this.stopping ? PATIENCE_MS : SENDS_END_MS)
        // A healthy process may take over at once, and so may we, with a new fencing number.
        if (this.lease) await giveBackLease(app, this.lease).catch(() => {})
        await this.sleeper.sleep(AFTER_FAILURE_MS)
      }
    }
  }

  /** Returns when stopped. If one of the loops fails, the others end too, and this throws. */
  private async work(lease: TakenLease) {
    const { clock, sleeper, reactor } = this
    const { app, holdMs } = this.context
    const claim = `${reactor.name}:${lease.fence}`
    await reclaimInterrupted(app, reactor.name, claim, {
      now: clock.now(),
      mayLive: lease.mayLive,
    })
    await afterSetBack(app, reactor.name, { now: clock.now(), holdMs })
    await retryAfterRepair(app, reactor.name, clock.now())
    await clampDueTimes(app, reactor.name, clock.now() + LONGEST_WAIT_MS)
    const credential = new PartCredential(app, reactor)
    await credential.load(clock.now())
    const sender = this.newSender(claim, credential)
    this.sender = sender
    let failed = false
    const isOver = () => this.stopping || failed
    const planning = {
      ...this.context,
      reactor,
      lease,
      now: clock.now,
      onPlanned: () => this.wake(),
      onError: this.lastError.note,
    }
    const loops = [
      this.renewLoop(lease, isOver),
      planLoop(planning, isOver, this.stopped.promise),
      sendLoop({ app, reactor, clock, sleeper, sender, holdMs }, isOver),
    ]
    if (reactor.renewal) loops.push(credentialLoop(credential, { clock, sleeper }, isOver))
    await Promise.all(
      loops.map(loop =>
        loop.catch((error: Error) => {
          failed = true
          throw error
        }),
      ),
    )
  }

  private newSender(claim: string, credential: PartCredential) {
    const { clock, reactor } = this
    const { app, subjects } = this.context
    return new Sender({
      app,
      reactor,
      subjects,
      credential,
      claim,
      clock,
      health: new PartHealth(app, reactor.name),
      onError: this.lastError.note,
      onRecorded: () => this.wake(),
    })
  }

  private async renewLoop(lease: Lease, isOver: () => boolean) {
    while (!isOver()) {
      await this.sleeper.sleep(LEASE_MS / 3)
      if (!isOver()) await renewLease(this.context.app, lease, this.clock.now())
    }
  }
}
