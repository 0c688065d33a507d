/**
 * Seals messages: a few on the main thread, a flood on threads that start for it and stop when it
 * is over.
 */
import { availableParallelism } from 'node:os'
import type { ReaderKeys } from './seal'
import workerUrl from './seal.worker.ts?thread'
import { type SealedJob, sealHere, type SealJob, SealThread, type Waiting } from './seal-thread'

/** Thrown if the reader's keys cannot be used, so that nothing can ever be sent with them. */
export class BadKeys extends Error {
  constructor(reason: string) {
    super(`the reader's keys cannot be used: ${reason}`)
    this.name = 'BadKeys'
  }
}

const FLOOD = 200
const IDLE_MS = 5_000
/**
 * Jobs go to a thread in batches, because a message between threads costs as much as sealing; none
 * waits longer than this for its batch.
 */
const BATCH = 32
const BATCH_WAIT_MS = 4

export class Sealer {
  private threads: SealThread[] = []
  private fresh: Waiting[] = []
  private count = 0
  private idle?: NodeJS.Timeout
  private batchTimer?: NodeJS.Timeout

  /**
   * `flood` is how many messages are sealed without a pause of five seconds before threads start.
   */
  constructor(
    private flood = FLOOD,
    private size = Math.min(2, Math.max(1, availableParallelism() - 1)),
    private url = workerUrl,
  ) {}

  /** How many threads are running. */
  get running() {
    return this.threads.length
  }

  /** Throws BadKeys. */
  async seal(text: Uint8Array, keys: ReaderKeys): Promise<Uint8Array> {
    this.idle?.refresh()
    this.idle ??= setTimeout(() => void this.close(), IDLE_MS).unref()
    if (++this.count === this.flood) this.start()
    const job: SealJob = { n: this.count, text, keys }
    const sealed = this.threads.some(thread => thread.isReady)
      ? await this.handOver(job)
      : sealHere(job)
    if (!sealed.body) throw new BadKeys(sealed.problem ?? 'no answer')
    return sealed.body
  }

  /**
   * Ends the threads; their open jobs are sealed on this one. The next flood starts new threads.
   */
  async close() {
    clearTimeout(this.idle)
    this.idle = undefined
    this.count = 0
    await Promise.all(this.threads.splice(0).map(thread => thread.end()))
  }

  private handOver(job: SealJob): Promise<SealedJob> {
    return new Promise(done => {
      if (this.fresh.push({ job, done }) >= BATCH) this.deal()
      else this.batchTimer ??= setTimeout(() => this.deal(), BATCH_WAIT_MS)
    })
  }

  /** Hands all waiting jobs to the thread with the least to do. */
  private deal() {
    clearTimeout(this.batchTimer)
    this.batchTimer = undefined
    const batch = this.fresh.splice(0)
    const [thread] = this.threads.filter(each => each.isReady).sort((a, b) => a.waiting - b.waiting)
    if (thread) return thread.take(batch)
    for (const { job, done } of batch) done(sealHere(job))
  }

  private start() {
    while (this.threads.length < this.size) {
      const thread = new SealThread(this.url, () => {
        this.threads = this.threads.filter(other => other !== thread)
      })
      this.threads.push(thread)
    }
  }
}
