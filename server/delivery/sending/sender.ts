/** Sending: claims what is due, looks recipients up again (consent is asked at the last moment), sends with bounded concurrency, records each outcome. */
import type { Kysely } from 'kysely'
import type { PublicReview } from '../../../shared/types/review'
import type { AppTables } from '../../db/schema'
import { Semaphore } from '../../kit/semaphore'
import type { BundleItem, Reactor, Receipt } from '../contract/define-reactor'
import { settingsOf } from '../contract/part-settings'
import { claim, type DeliveryRow, nextDue, receipts, saveProgress } from '../ledger/ledger'
import { isSaid, type Subject, type SubjectReader } from '../planning/subjects'
import { attempt, type AttemptOutcome, type Cutter, failed, STOPPED_MS } from './attempt'
import { CircuitBreaker } from './circuit-breaker'
import { OutcomeWriter } from './outcome-writer'
import { type Outcome, writeOutcomes } from './outcomes'
import type { PartHealth } from './part-health'

const WITHDRAWN = 'the review was withdrawn'
const RETURNED = 'the review came back'
const NOTHING = { reason: null, receipt: null, dueAt: 0, counted: false }
const CONCURRENCY = 8
const PER_ORIGIN = 4
const AGAIN_MS = 5000

export interface SenderDependencies {
  app: Kysely<AppTables>
  reactor: Reactor
  present: SubjectReader
  claim: string
  now: () => number
  trouble: (reason: string) => void
  settled: () => void
  standing: PartHealth
}

export class Sender {
  readonly origins: CircuitBreaker
  private readonly slots: Semaphore
  private readonly settings: Record<string, string>
  private readonly settling: OutcomeWriter
  private messages = new WeakMap<PublicReview, Promise<unknown>>()
  private underWay = new Set<Cutter>()
  private stopping = false
  private stoppedUntil = 0
  /** When each row last stopped the part, and when anything last worked (ms). */
  private stoppedBy = new Map<number, number>()
  private workedAt = 0
  private running = new Set<Promise<void>>()
  private thinnedOut?: () => void

  constructor(private parts: SenderDependencies) {
    this.origins = new CircuitBreaker(parts.reactor.perOrigin ?? PER_ORIGIN, parts.now)
    this.settings = settingsOf(parts.reactor)
    this.slots = new Semaphore(parts.reactor.concurrency ?? CONCURRENCY)
    this.settling = new OutcomeWriter(
      outcomes => writeOutcomes(parts.app, parts.reactor, parts.claim, outcomes, parts.now()),
      parts,
    )
  }

  /** Sends what is due. Answers when to look again (ms epoch); undefined when only an outcome or a new plan can change anything. */
  async round(): Promise<number | undefined> {
    const { app, reactor, now } = this.parts
    const wide = (reactor.concurrency ?? CONCURRENCY) * 2
    let asked = now()
    for (; !this.stopping && this.stoppedUntil <= asked; asked = now()) {
      const rows = await claim(app, {
        reactor: reactor.name,
        claim: this.parts.claim,
        now: asked,
        limit: wide,
        paused: this.origins.paused(),
        inTurn: reactor.serialPerRecipient,
      })
      if (!rows.length) break
      for (const group of await this.prepare(rows)) this.launch(group)
      if (this.running.size > wide / 2)
        await new Promise<void>(resolve => {
          this.thinnedOut = resolve
        })
    }
    if (this.stoppedUntil > asked) return this.stoppedUntil
    // What was due and could not be claimed waits for a pause to end, or behind a row that is under way: its outcome wakes us.
    const times = [await nextDue(app, reactor.name, asked), this.origins.nextOpening()].filter(
      time => time !== undefined,
    )
    return times.length ? Math.min(...times) : undefined
  }

  /** Stops claiming, gives what is under way `patience` ms, then cuts it and records that. */
  async stop(patience: number) {
    this.stopping = true
    const cut = setTimeout(() => {
      for (const end of this.underWay) end(true)
    }, patience)
    await Promise.allSettled(this.running)
    clearTimeout(cut)
    await this.settling.flush()
  }

  /** Rows of one bundle are one sending; all others are a group of one. */
  private async prepare(rows: DeliveryRow[]): Promise<Group[]> {
    const { reactor, app } = this.parts
    const recipients = [...new Set(rows.map(r => r.recipient))]
    const people = reactor.load ? await reactor.load(recipients) : undefined
    const known = new Map<string, Map<string, Receipt>>()
    const groups = new Map<string, Group>()
    for (const row of rows) {
      const later = row.type !== 'ReviewPublished'
      if (later && !known.has(row.review_id))
        known.set(row.review_id, await receipts(app, reactor.name, row.review_id, recipients))
      const key = row.bundle ? `${row.recipient} ${row.bundle}` : String(row.id)
      const group: Group = groups.get(key) ?? {
        rows: [],
        to: people?.get(row.recipient),
        left: Boolean(people && !people.has(row.recipient)),
        receipt: known.get(row.review_id)?.get(row.recipient),
      }
      group.rows.push(row)
      groups.set(key, group)
    }
    return [...groups.values()]
  }

  private launch(group: Group) {
    const task = this.deliver(group)
      .catch((error: Error) => this.parts.trouble(error.message))
      .finally(() => {
        this.running.delete(task)
        if (this.running.size <= (this.parts.reactor.concurrency ?? CONCURRENCY))
          this.thinnedOut?.()
      })
    this.running.add(task)
  }

  private async deliver(group: Group) {
    const row = group.rows[0]!
    const leave = await this.origins.enter(row.origin)
    const free = await this.slots.enter()
    try {
      const paused = this.origins.pausedUntil(row.origin)
      const postponed = this.stopping || paused || this.stoppedUntil > this.parts.now()
      const verdict = postponed
        ? {
            ...NOTHING,
            state: 'retry' as const,
            reason: row.reason,
            dueAt: Math.max(paused, this.stoppedUntil, this.parts.now()),
          }
        : this.blame(
            row,
            await this.send(group).catch((error: Error): AttemptOutcome => ({
              ...NOTHING,
              state: 'retry',
              reason: error.message,
              dueAt: this.parts.now() + AGAIN_MS,
            })),
          )
      this.heed(row.origin, verdict)
      free()
      await this.record(group, verdict)
    } finally {
      free()
      leave()
    }
  }

  /** What is refused again although others were taken meanwhile is itself at fault: it fails alone, and the part goes on. */
  private blame(row: DeliveryRow, verdict: AttemptOutcome): AttemptOutcome {
    const now = this.parts.now()
    const before = this.stoppedBy.get(row.id)
    if (verdict.state === 'accepted') this.workedAt = now
    if (!verdict.stopped) this.stoppedBy.delete(row.id)
    else if (before !== undefined && before < this.workedAt)
      return failed(verdict.stopped, this.parts.reactor, row.attempts + 1, now)
    else this.stoppedBy.set(row.id, now)
    return verdict
  }

  /** Before the next one sends: what this answer says about the place and about the part itself. */
  private heed(name: string, { state, reason, origin, pause, stopped }: AttemptOutcome) {
    if (origin) this.origins[origin](name)
    if (pause) this.origins.pause(pause.origin, pause.until)
    if (stopped) {
      this.stoppedUntil = this.parts.now() + STOPPED_MS
      this.parts.standing.stopped(stopped)
    }
    if (origin === 'worked') this.parts.standing.works()
    if (reason && state !== 'suppressed' && state !== 'pending') this.parts.trouble(reason)
  }

  private async send(group: Group): Promise<AttemptOutcome> {
    const { reactor, app, now, present } = this.parts
    const suppressed = (reason: string): AttemptOutcome => ({
      ...NOTHING,
      state: 'suppressed',
      reason,
    })
    const subjects = await Promise.all(group.rows.map(row => present.at(row.position)))
    group.unsaid = new Set(group.rows.filter((row, i) => !says(row, subjects[i])))
    const living = subjects
      .map((subject, i) => ({ subject, row: group.rows[i]! }))
      .filter((x): x is { subject: Subject; row: DeliveryRow } => says(x.row, x.subject))
    if (!living.length)
      return suppressed(group.rows[0]!.type === 'ReviewArchived' ? RETURNED : WITHDRAWN)
    if (group.left) return suppressed('no longer subscribed')
    const {
      subject: { event, review, withdrawn },
      row,
    } = living.find(x => x.row.type === 'ReviewPublished') ?? living[0]!
    const bundle: BundleItem[] = living.map(x => ({
      event: x.subject.event,
      review: x.subject.review,
      withdrawn: x.subject.withdrawn,
      key: keyOf(x.row),
    }))
    return attempt(
      reactor,
      row,
      {
        key: keyOf(row),
        event,
        review,
        withdrawn,
        recipient: row.recipient,
        to: group.to,
        attempt: row.attempts + 1,
        receipt: group.receipt,
        progress: row.progress ? JSON.parse(row.progress) : undefined,
        saveProgress: progress => saveProgress(app, row.id, progress),
        text: row.text ?? undefined,
        bundle,
        settings: this.settings,
        quota: quota => this.parts.standing.quota(quota),
      },
      () => this.message(review, () => reactor.compose?.({ event, review })),
      now,
      this.underWay,
    )
  }

  /** Composed once for all recipients of an event, and anew when its review may have changed or the first try failed. */
  private message(review: PublicReview, compose: () => unknown): Promise<unknown> {
    let message = this.messages.get(review)
    if (!message) {
      this.messages.set(review, (message = Promise.resolve().then(compose)))
      message.catch(() => this.messages.delete(review))
    }
    return message
  }

  /** Resolves once the outcome is on disk: until then the send counts as in flight. What was withdrawn before its digest went out was not told. */
  private record(
    { rows, unsaid }: Group,
    { state, reason, receipt, dueAt, counted, bundle }: AttemptOutcome,
  ): Promise<void> {
    return this.settling.add(
      rows.map((row): Outcome => {
        const gone = state === 'accepted' && unsaid?.has(row)
        return {
          id: row.id,
          state: gone ? 'suppressed' : state,
          attempts: row.attempts + (counted ? 1 : 0),
          dueAt,
          reason: gone ? WITHDRAWN : reason,
          receipt: gone ? null : receipt,
          bundle,
          failed: counted && (state === 'dead' || state === 'retry'),
        }
      }),
    )
  }
}

/** `unsaid`: the rows that this sending did not speak of. */
interface Group {
  rows: DeliveryRow[]
  unsaid?: Set<DeliveryRow>
  to: unknown
  left: boolean
  receipt?: Receipt
}

const says = (row: DeliveryRow, subject: Subject | undefined) =>
  subject !== undefined && isSaid(row.type, subject)

/** The identity of a delivery: the same for every attempt, different for every recipient. */
const keyOf = (row: DeliveryRow) =>
  row.recipient ? `${row.event_id}:${row.recipient}` : row.event_id
