/** Where messages are sealed: a few on the main thread, a flood on threads that start for it and stop when it is over. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { ReaderKeys } from './seal'
import { seal } from './seal'
import workerUrl from './seal.worker.ts?thread'

export interface SealJob {
  n: number
  text: Uint8Array
  keys: ReaderKeys
}
export interface SealedJob {
  n: number
  body?: Uint8Array
  problem?: string
}

/** The reader's keys cannot be used: nothing can ever be sent with them. */
export class BadKeys extends Error {
  constructor(reason: string) {
    super(`the reader's keys cannot be used: ${reason}`)
    this.name = 'BadKeys'
  }
}

const FLOOD = 200
const IDLE_MS = 5_000
/** Jobs travel to a thread together, because a message between threads costs as much as a sealing; none waits longer than this for company. */
const BATCH = 32
const COMPANY_MS = 4

interface Thread {
  worker: Worker
  ready: boolean
  jobs: Map<number, { job: SealJob; done: (sealed: SealedJob) => void }>
}

export class Sealer {
  private threads: Thread[] = []
  private fresh: { job: SealJob; done: (sealed: SealedJob) => void }[] = []
  private count = 0
  private idle?: NodeJS.Timeout
  private company?: NodeJS.Timeout

  /** `flood` is how many in a row, without a pause of five seconds, are sealed before threads start. */
  constructor(
    private flood = FLOOD,
    private size = Math.min(2, Math.max(1, availableParallelism() - 1)),
    private url = workerUrl,
  ) {}

  /** How many threads run now. */
  get running() {
    return this.threads.length
  }

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

  private handOver(job: SealJob): Promise<SealedJob> {
    return new Promise(done => {
      if (this.fresh.push({ job, done }) >= BATCH) this.deal()
      else this.company ??= setTimeout(() => this.deal(), COMPANY_MS)
    })
  }

  /** All that waits goes to the thread with the least to do. */
  private deal() {
    clearTimeout(this.company)
    this.company = undefined
    const batch = this.fresh.splice(0)
    const [thread] = this.threads
      .filter(each => each.ready)
      .sort((a, b) => a.jobs.size - b.jobs.size)
    if (!thread) return batch.forEach(({ job, done }) => done(here(job)))
    for (const each of batch) thread.jobs.set(each.job.n, each)
    thread.worker.postMessage(batch.map(each => each.job))
  }

  private start() {
    while (this.threads.length < this.size) {
      const thread: Thread = {
        worker: new Worker(new URL(this.url)),
        ready: false,
        jobs: new Map(),
      }
      thread.worker.unref()
      thread.worker.on('online', () => {
        thread.ready = true
      })
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
  try {
    return { n, body: seal(text, keys) }
  } catch (error) {
    return { n, problem: (error as Error).message }
  }
}
