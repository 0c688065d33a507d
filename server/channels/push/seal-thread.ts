/** One thread that seals messages. What it has in hand when it ends, wanted or not, is sealed on the main thread: nothing is lost. */
import { Worker } from 'node:worker_threads'
import { type ReaderKeys, seal } from './seal'

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
/** A job, and who is told of its end. */
export interface Waiting {
  job: SealJob
  done: (sealed: SealedJob) => void
}

export class SealThread {
  isReady = false
  private worker: Worker
  private jobs = new Map<number, Waiting>()

  constructor(url: string, onExit: () => void) {
    this.worker = new Worker(new URL(url))
    this.worker.unref()
    this.worker.on('online', () => {
      this.isReady = true
    })
    this.worker.on('message', (sealed: SealedJob[]) => {
      for (const each of sealed) {
        this.jobs.get(each.n)?.done(each)
        this.jobs.delete(each.n)
      }
    })
    // The end follows every error; without a listener an error would end the whole process.
    this.worker.on('error', () => {})
    this.worker.on('exit', () => {
      onExit()
      void this.end()
    })
  }

  /** How many jobs it has in hand. */
  get waiting() {
    return this.jobs.size
  }

  take(batch: Waiting[]) {
    for (const each of batch) this.jobs.set(each.job.n, each)
    this.worker.postMessage(batch.map(each => each.job))
  }

  async end() {
    this.isReady = false
    for (const { job, done } of this.jobs.values()) done(sealHere(job))
    this.jobs.clear()
    await this.worker.terminate()
  }
}

/** On this thread. */
export function sealHere({ n, text, keys }: SealJob): SealedJob {
  try {
    return { n, body: seal(text, keys) }
  } catch (error) {
    return { n, problem: (error as Error).message }
  }
}
