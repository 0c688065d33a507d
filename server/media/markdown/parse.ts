/** Reads Markdown off the main thread: a hostile text may cost a thread, never the server. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { LRUCache } from 'lru-cache'
import type { Block } from '../../../shared/markdown/tree'
import { refuse } from '../../http/problem'
import { serialQueue } from '../../kit/serial-queue'
import workerUrl from './markdown.worker.ts?thread'

/** ms of patience on the clock, for a thread that neither works nor answers. */
const MOST_WAITING = 30_000

export type Answer = { tree: Block[] } | { refusal: string }

const parser = parserOn(workerUrl, { patience: 2_000, rest: 60_000 })

/** The texts that were read last, so that Publish finds read what was saved just before. */
const MOST_KEPT = 8 << 20
const trees = new LRUCache<string, Block[]>({ maxSize: MOST_KEPT })
let reading = 0

/** The tree of a review's body. Throws a problem 422 on `body` when it is too long, too deep, or costs more than 2 s of work. */
export async function parseBody(markdown: string): Promise<Block[]> {
  const known = trees.get(markdown)
  if (known) return known
  reading++
  const tree = await parser(markdown).finally(() => {
    reading--
  })
  // Many times the text itself, at worst: each letter a block.
  trees.set(markdown, tree, { size: 200 + 20 * markdown.length })
  return tree
}

/** Reads a text that was saved ahead of its publishing, when nobody waits for another; what is wrong with it is said then. */
export const readAhead = (markdown: string | null | undefined) => {
  if (markdown && !reading) void parseBody(markdown).catch(() => {})
}

/** One thread, started for the first text, one text at a time (`patience` ms of work each), stopped after `rest` ms without any, replaced when it hangs or dies. */
export function parserOn(
  script: string,
  { patience, rest }: { patience: number; rest: number },
): (markdown: string) => Promise<Block[]> {
  let worker: Worker | undefined
  let resting: NodeJS.Timeout | undefined
  const one = serialQueue()

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
    thread.unref() // it keeps no process alive
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

  return markdown => one(() => read(markdown))
}

/** Rejects when the thread has worked for `patience` ms on this text, or has died. Its own time counts: that the machine is busy is not the text's fault. */
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
