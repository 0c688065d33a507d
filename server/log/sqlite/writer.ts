/**
 * The main thread's side of the log's own thread: sends requests, and turns outcomes into answers
 * or errors.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { LogUnavailable, type Recorded, VersionConflict } from '../event-log'
import { fromRequest } from '../row'
import type { AppendRequest, StoredEvent } from '../stored-event'
import type { Outcome } from './commit'
import type { Erased, Failure, FromThread, LogThread, ToThread } from './protocol'
import threadUrl from './sqlite.worker.ts?thread'
import type { Damage } from './verify'

export interface Listener {
  /** The background check found damage. */
  onDamage: (damage: Damage) => void
  /** An append ran into damage; returns the error to reject with. */
  onDamagedAppend: (reason: string) => Error
  onFatal: (reason: string) => void
}

/** The new events; undefined when the command had been carried out before. */
type Written = Recorded[] | undefined
type Pending = { reject: (error: Error) => void } & (
  | { request: AppendRequest; resolve: (written: Written) => void }
  | { request?: undefined; resolve: () => void }
)

export class Writer {
  #thread: Worker
  #pending = new Map<number, Pending>()
  #tickets = 0
  #closing = false

  constructor(
    thread: LogThread,
    readonly listener: Listener,
  ) {
    this.#thread = new Worker(new URL(threadUrl), { workerData: thread })
    this.#thread.unref() // it keeps the process alive only while somebody waits for an answer
    this.#thread.on('message', (message: FromThread) => this.#receive(message))
    this.#thread.on('error', error => listener.onFatal(error.message))
    this.#thread.on('exit', () => {
      if (!this.#closing) listener.onFatal('its thread ended')
    })
  }

  append(request: AppendRequest): Promise<Written> {
    return new Promise((resolve, reject) => {
      this.#send({ ticket: this.#expect({ request, resolve, reject }), request })
    })
  }

  /** Destroys the keys of a stream. */
  erase(stream: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#send({ ticket: this.#expect({ resolve, reject }), erase: stream })
    })
  }

  /** Resolves once every append has its answer. */
  async idle() {
    while (this.#pending.size) await once(this.#thread, 'message')
  }

  async close() {
    this.#closing = true
    this.#thread.ref()
    this.#send('close')
    await once(this.#thread, 'exit')
  }

  #expect(pending: Pending): number {
    if (!this.#pending.size) this.#thread.ref()
    this.#pending.set(++this.#tickets, pending)
    return this.#tickets
  }

  #send(message: ToThread) {
    this.#thread.postMessage(message)
  }

  #receive(message: FromThread) {
    if ('fatal' in message) return this.listener.onFatal(message.fatal)
    if ('damage' in message) return this.listener.onDamage(message.damage)
    for (const { ticket, outcome } of message.outcomes) this.#answer(ticket, outcome)
    if (!this.#pending.size) this.#thread.unref()
  }

  #answer(ticket: number, outcome: Outcome | Failure | Erased) {
    const pending = this.#pending.get(ticket)!
    const { reject } = pending
    this.#pending.delete(ticket)
    if (outcome === 'erased') (pending.resolve as () => void)()
    else if ('rows' in outcome) pending.resolve(written(outcome.rows, pending.request!))
    else if ('repeated' in outcome) pending.resolve(undefined)
    else if ('conflict' in outcome)
      reject(
        new VersionConflict(pending.request!.stream, pending.request!.expected, outcome.conflict),
      )
    else if ('unavailable' in outcome) reject(new LogUnavailable(outcome.unavailable))
    else
      reject(
        'damaged' in outcome
          ? this.listener.onDamagedAppend(outcome.damaged)
          : new Error(outcome.refused),
      )
  }
}

const written = (rows: StoredEvent[], { events }: AppendRequest): Recorded[] =>
  rows.map((row, i) => fromRequest(row, events[i]!))
