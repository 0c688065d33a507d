/** Claims what is due, sends it with bounded concurrency, and records each outcome. */
import { claimDue, type ClaimQuery, nextDue } from '../ledger/claims'
import type { DeliveryRow } from '../ledger/delivery-row'
import { WAS_ARCHIVED } from '../ledger/stopped'
import { planRestored } from '../planning/plan-again'
import { notAttempted } from './attempt-outcome'
import { FlowControl } from './flow-control'
import { MessageSender, type MessageSenderContext, type Sent } from './message-sender'
import { OutcomeWriter, type OutcomeWriterContext } from './outcome-writer'
import { writeOutcomes } from './outcomes'
import { groupIntoSendings, rowOutcomes, type Sending } from './sendings'

/** How long to wait after a failure of our own (the log could not be read). */
const OWN_FAULT_MS = 5000

export interface SenderContext extends MessageSenderContext, OutcomeWriterContext {
  /** Marks the rows that this holder of the lease has claimed. */
  claim: string
}

export class Sender {
  private flow: FlowControl
  private messages: MessageSender
  private writer: OutcomeWriter
  private running = new Set<Promise<void>>()
  private roomForMore?: () => void
  private stopping = false

  constructor(private context: SenderContext) {
    const { app, reactor, claim, clock } = context
    this.flow = new FlowControl(reactor, clock)
    this.messages = new MessageSender(context)
    this.writer = new OutcomeWriter(
      outcomes => writeOutcomes(app, reactor, claim, outcomes, clock.now()),
      context,
    )
  }

  /**
   * Sends what is due. Returns when (ms) to look again, or undefined if only an outcome or a newly
   * planned delivery can change anything.
   */
  async round(): Promise<number | undefined> {
    const { app, reactor, clock } = this.context
    const limit = this.flow.concurrency * 2
    let now = clock.now()
    for (; !this.stopping && !this.flow.stoppedUntil; now = clock.now()) {
      const rows = await claimDue(app, this.claimQuery(now, limit))
      if (!rows.length) break
      for (const sending of await groupIntoSendings(app, reactor, rows)) this.launch(sending)
      if (this.running.size > limit / 2)
        await new Promise<void>(resolve => {
          this.roomForMore = resolve
        })
    }
    if (this.flow.stoppedUntil) return this.flow.stoppedUntil
    // A row that was due but could not be claimed waits for a pause to end, or for a row that is
    // under way, whose outcome wakes us.
    const times = [await nextDue(app, reactor.name, now), this.flow.nextOpening()].filter(
      time => time !== undefined,
    )
    return times.length ? Math.min(...times) : undefined
  }

  /**
   * Stops claiming, gives sends under way `patience` ms to finish, then cuts them off and records
   * that.
   */
  async stop(patience: number) {
    const { clock } = this.context
    this.stopping = true
    const timer = clock.setTimeout(() => this.messages.cutOff(), patience)
    await Promise.allSettled(this.running)
    clock.clearTimeout(timer)
    await this.writer.flush()
  }

  private claimQuery(now: number, limit: number): ClaimQuery {
    const { reactor, claim } = this.context
    return {
      reactor: reactor.name,
      claim,
      now,
      limit,
      pausedOrigins: this.flow.origins.paused(),
      serialPerRecipient: reactor.serialPerRecipient,
    }
  }

  private launch(sending: Sending) {
    const task = this.deliver(sending)
      .catch((error: Error) => this.context.onError(error.message))
      .finally(() => {
        this.running.delete(task)
        if (this.running.size <= this.flow.concurrency) this.roomForMore?.()
      })
    this.running.add(task)
  }

  private async deliver(sending: Sending) {
    const { leaveOrigin, freePlace } = await this.flow.enter(sending.rows[0]!.origin)
    try {
      const { outcome, omitted } = await this.sendOrPostpone(sending)
      this.report(outcome)
      // The next message may leave while this outcome is being written; until then the row counts
      // as being sent.
      freePlace()
      const outcomes = rowOutcomes(sending.rows, outcome, {
        omitted,
        at: this.context.clock.now(),
      })
      await this.writer.add(outcomes)
      if (outcomes.some(({ reason }) => reason === WAS_ARCHIVED))
        await this.planIfRestored(sending.rows)
    } finally {
      freePlace()
      leaveOrigin()
    }
  }

  /**
   * A restore that was planned while these rows were found archived could not let go of them yet.
   */
  private async planIfRestored(rows: DeliveryRow[]) {
    for (const { position, review_id } of rows) {
      const subject = await this.context.subjects.at(position)
      if (subject && !subject.archived)
        await planRestored({ ...this.context, now: this.context.clock.now }, review_id)
    }
  }

  private async sendOrPostpone(sending: Sending): Promise<Sent> {
    const row = sending.rows[0]!
    const now = this.context.clock.now()
    const pausedUntil = this.flow.pausedUntil(row.origin)
    if (this.stopping || pausedUntil)
      return {
        outcome: notAttempted('retry', row.reason, Math.max(pausedUntil, now)),
        omitted: new Set(),
      }
    const sent = await this.messages.send(sending).catch((error: Error) => this.ownFault(error))
    return { ...sent, outcome: this.flow.learn(row, sent.outcome) }
  }

  private ownFault(error: Error): Sent {
    const again = this.context.clock.now() + OWN_FAULT_MS
    return { outcome: notAttempted('retry', error.message, again), omitted: new Set() }
  }

  /** Records what an outcome says about the part, for operators to see. */
  private report({ state, reason, origin, stopped }: Sent['outcome']) {
    const { health, onError } = this.context
    if (stopped) health.stopped(stopped)
    // That there is nobody to send to says nothing about whether the part can send.
    if (origin === 'worked' && state !== 'suppressed') health.works()
    if (reason && state !== 'suppressed' && state !== 'pending') onError(reason)
  }
}
