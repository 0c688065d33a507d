/** Where messages are sealed: a few on the main thread, a flood on threads that start for it and stop when it is over. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { ReaderKeys } from './seal'
import { seal } from './seal'
import workerUrl from './seal.worker.ts?thread'

export interface SealJob { n: number, text: Uint8Array, keys: ReaderKeys }
export interface SealedJob { n: number, body?: Uint8Array, problem?: string }

/** The reader's keys cannot be used: nothing can ever be sent with them. */
export class BadKeys extends Error { constructor(reason: string) { super(`the reader's keys cannot be used: ${reason}`); this.name = 'BadKeys' } }

const FLOOD = 200, IDLE_MS = 5_000

interface Thread { worker: Worker, ready: boolean, jobs: Map<number, { job: SealJob, done: (sealed: SealedJob) => void }> }

export class Sealer {
  private threads: Thread[] = []
  private fresh: { job: SealJob, done: (sealed: SealedJob) => void }[] = []
  private count = 0
  private idle?: NodeJS.Timeout

  /** `flood` is how many in a row, without a pause of five seconds, are sealed before threads start. */
  constructor(private flood = FLOOD, private size = Math.min(2, Math.max(1, availableParallelism() - 1)), private url = workerUrl) {}

  /** How many threads run now. */
  get running() { return this.threads.length }

  /** Throws BadKeys. */
  async seal(text: Uint8Array, keys: ReaderKeys): Promise<Uint8Array> {
    this.idle?.refresh()
    this.idle ??= setTimeout(() => void this.close(), IDLE_MS).unref()
    if (++this.count === this.flood) this.start()
    const job: SealJob = { n: this.count, text, keys }
    const sealed = this.threads.some(thread => thread.ready) ? await this.handOver(job) : here(job)
    if (!sealed.body) throw new BadKeys(sealed.problem ?? 'no answer')
    return sealed.body
  }

  /** Ends the threads; what they had in hand is sealed here. The next flood starts new ones. */
  async close() {
    clearTimeout(this.idle)
    this.idle = undefined
    this.count = 0
    await Promise.all(this.threads.splice(0).map(thread => this.end(thread)))
  }

  /** Jobs of one turn of the event loop travel together: a message between threads costs as much as a small sealing. */
  private handOver(job: SealJob): Promise<SealedJob> {
    return new Promise((done) => {
      this.fresh.push({ job, done })
      if (this.fresh.length === 1) setImmediate(() => this.deal())
    })
  }

  private deal() {
    const jobs = this.fresh.splice(0), ready = this.threads.filter(thread => thread.ready)
    for (const [i, thread] of ready.entries()) {
      const share = jobs.filter((_, n) => n % ready.length === i)
      for (const each of share) thread.jobs.set(each.job.n, each)
      if (share.length) thread.worker.postMessage(share.map(each => each.job))
    }
    if (!ready.length) for (const { job, done } of jobs) done(here(job))
  }

  private start() {
    while (this.threads.length < this.size) {
      const thread: Thread = { worker: new Worker(new URL(this.url)), ready: false, jobs: new Map() }
      thread.worker.unref()
      thread.worker.on('online', () => { thread.ready = true })
      thread.worker.on('message', (sealed: SealedJob[]) => {
        for (const each of sealed) {
          thread.jobs.get(each.n)?.done(each)
          thread.jobs.delete(each.n)
        }
      })
      // The end follows every error; without a listener an error would end the whole process.
      thread.worker.on('error', () => {})
      thread.worker.on('exit', () => {
        this.threads = this.threads.filter(other => other !== thread)
        void this.end(thread)
      })
      this.threads.push(thread)
    }
  }

  private async end(thread: Thread) {
    thread.ready = false
    for (const { job, done } of thread.jobs.values()) done(here(job))
    thread.jobs.clear()
    await thread.worker.terminate()
  }
}

function here({ n, text, keys }: SealJob): SealedJob {
  try { return { n, body: seal(text, keys) } } catch (error) { return { n, problem: (error as Error).message } }
}
