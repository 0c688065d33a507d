/**
 * Seals messages on a thread of its own, so that a large sending leaves the main thread free for
 * pages.
 */
import { parentPort } from 'node:worker_threads'
import { seal } from './seal'
import type { SealedJob, SealJob } from './seal-thread'

parentPort!.on('message', (jobs: SealJob[]) => {
  parentPort!.postMessage(
    jobs.map(({ n, text, keys }): SealedJob => {
      // Copied, because a small Buffer is a view of an 8 kB pool, all of which would be
      // transferred.
      try {
        return { n, body: new Uint8Array(seal(text, keys)) }
      } catch (error) {
        return { n, problem: (error as Error).message }
      }
    }),
  )
})
