/**
 * Runs one thread that seals messages. If it ends, planned or not, its open jobs are sealed on the
 * main thread, so that none is lost.
 */
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
/** A job, and what to call when it is done. */
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
    // Every error is followed by an exit; without this listener it would end the whole process.
    this.worker.on('error', () => {})
    this.worker.on('exit', () => {
      onExit()
      void this.end()
    })
  }

  /** How many of its jobs are open. */
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

/** Seals on the current thread. */
export function sealHere({ n, text, keys }: SealJob): SealedJob {
  try {
    return { n, body: seal(text, keys) }
  } catch (error) {
    return { n, problem: (error as Error).message }
  }
}
