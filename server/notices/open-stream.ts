/** An answer that never ends: a place among the open streams, and a pace that its reader sets. */
import type { H3Event } from 'h3'
import { clientAddress } from '../http/limits'
import { ownTurn } from '../http/own-turn'
import { problem } from '../http/problem'

const MOST_STREAMS = 2000
const MOST_PER_ADDRESS = 100

const open = new Map<string, number>()
let total = 0
const stop = new AbortController()

/** Called at shutdown: ends every stream; its consumer resumes elsewhere or later. */
export const endStreams = () => stop.abort()

export interface Stream {
  /** Aborted when the consumer has left, or the server stops. */
  gone: AbortSignal
  /** Resolves once the consumer has read enough to be sent more, or is gone. */
  write: (text: string) => Promise<void>
  end: () => void
}

/**
 * Takes over the response; undefined if the client left before its turn. Throws a 503 if its address,
 * or the whole site, has too many open.
 */
export async function openStream(event: H3Event): Promise<Stream | undefined> {
  const { res } = event.node
  const address = clientAddress(event)
  if (!(await ownTurn(event))) {
    event._handled = true
    return undefined
  }
  requireRoom(address)
  event._handled = true
  const leave = take(address)
  const gone = new AbortController()
  const end = () => {
    gone.abort()
    res.end()
  }
  stop.signal.addEventListener('abort', end, { once: true })
  res.once('close', () => {
    gone.abort()
    leave()
    stop.signal.removeEventListener('abort', end)
  })
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  res.write(`retry: ${1000 + Math.floor(Math.random() * 3000)}\n\n`)
  return { gone: gone.signal, write, end }

  function write(text: string): Promise<void> {
    if (gone.signal.aborted || res.write(text)) return Promise.resolve()
    return new Promise(resolve => {
      const goOn = () => {
        res.off('drain', goOn)
        gone.signal.removeEventListener('abort', goOn)
        resolve()
      }
      res.on('drain', goOn)
      gone.signal.addEventListener('abort', goOn)
    })
  }
}

function requireRoom(address: string) {
  if (total < MOST_STREAMS && (open.get(address) ?? 0) < MOST_PER_ADDRESS) return
  problem(503, 'Too many streams', 'Close some, or try again later.', undefined, {
    headers: { 'retry-after': '30' },
  })
}

/** Counts one; the returned function takes it back. */
function take(address: string) {
  total++
  open.set(address, (open.get(address) ?? 0) + 1)
  return () => {
    total--
    const left = open.get(address)! - 1
    if (left) open.set(address, left)
    else open.delete(address)
  }
}
