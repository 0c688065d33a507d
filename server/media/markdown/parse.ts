/** Parses Markdown off the main thread: a hostile text may cost a thread, never the server. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { LRUCache } from 'lru-cache'
import type { Block } from '../../../shared/markdown/tree'
import { refuse } from '../../http/problem'
import { serialQueue } from '../../kit/serial-queue'
import workerUrl from './markdown.worker.ts?thread'

/** ms to wait for a thread that neither works nor answers. */
const MOST_WAITING = 30_000

export type Answer = { tree: Block[] } | { refusal: string }

const parser = parserOn(workerUrl, { patience: 2_000, rest: 60_000 })

/** The texts parsed last, so that Publish need not parse again what was saved just before. */
const MOST_KEPT = 8 << 20
const trees = new LRUCache<string, Block[]>({ maxSize: MOST_KEPT })
let reading = 0

/**
 * The tree of a review's body. Throws a problem 422 on `body` when it is too long, too deep, or
 * takes more than 2 s of work.
 */
export async function parseBody(markdown: string): Promise<Block[]> {
  const known = trees.get(markdown)
  if (known) return known
  reading++
  const tree = await parser(markdown).finally(() => {
    reading--
  })
  // At worst the tree is many times the text: a block for each letter.
  trees.set(markdown, tree, { size: 200 + 20 * markdown.length })
  return tree
}

/**
 * Parses a saved text before it is published, unless somebody is waiting for another; errors are
 * only reported at publishing.
 */
export const readAhead = (markdown: string | null | undefined) => {
  if (markdown && !reading) void parseBody(markdown).catch(() => {})
}

/**
 * One thread: started for the first text, given one text at a time (`patience` ms of work each),
 * stopped after `rest` idle ms, and replaced when it hangs or dies.
 */
export function parserOn(
  script: string,
  { patience, rest }: { patience: number; rest: number },
): (markdown: string) => Promise<Block[]> {
  let worker: Worker | undefined
  let resting: NodeJS.Timeout | undefined
  const queue = serialQueue()

  async function start(): Promise<Worker> {
    const thread = (worker = new Worker(new URL(script), {
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    }))
    thread.on('error', error =>
      console.error(`the Markdown thread ended: ${error instanceof Error ? error.message : error}`),
    )
    thread.on('exit', () => {
      if (worker === thread) worker = undefined
    })
    await once(thread, 'online')
    thread.unref() // it does not keep the process alive
    return thread
  }

  function stop() {
    void worker?.terminate()
    worker = undefined
  }

  async function read(markdown: string): Promise<Block[]> {
    clearTimeout(resting)
    const thread = worker ?? (await start())
    const answer = await ask(thread, markdown, patience).catch((): Answer => {
      stop()
      return { refusal: 'takes too long to read' }
    })
    resting = setTimeout(stop, rest).unref()
    return 'tree' in answer ? answer.tree : refuse('body', answer.refusal)
  }

  return markdown => queue(() => read(markdown))
}

/**
 * Rejects when the thread has worked for `patience` ms on this text, or has died. Only its own CPU
 * time counts: a busy machine is not the text's fault.
 */
async function ask(thread: Worker, markdown: string, patience: number): Promise<Answer> {
  const before = await thread.cpuUsage()
  const enough = new AbortController()
  const watch = setInterval(() => {
    thread.cpuUsage(before).then(
      ({ user, system }) => {
        if (user + system > 1000 * patience) enough.abort()
      },
      () => enough.abort(),
    )
  }, patience / 5)
  try {
    const answered = once(thread, 'message', {
      signal: AbortSignal.any([enough.signal, AbortSignal.timeout(MOST_WAITING)]),
    })
    thread.postMessage(markdown)
    return (await answered)[0]
  } finally {
    clearInterval(watch)
  }
}
