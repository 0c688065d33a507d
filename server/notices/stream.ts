/**
 * The events as a stream for integrators: each consumer has its own cursor and reads at its own
 * pace; the log is the buffer.
 */
import { setImmediate } from 'node:timers/promises'
import type { H3Event } from 'h3'
import { settings } from '../config/settings'
import { lastEventIdOf } from '../http/last-event-id'
import { clientAddress } from '../http/limits'
import { ownTurn } from '../http/own-turn'
import { problem } from '../http/problem'
import { useLog } from '../log'
import type { Recorded } from '../log/event-log'
import { noticeOf } from './notice'
import type { EventPage } from './query'
import { readWanted } from './read-wanted'
import { requirePosition } from './require-position'
import { historiesOf } from './review-histories'

const WAIT_MS = 15_000
/** Encoded and written at once. */
const PAGE = 500
const MOST_STREAMS = 2000
const MOST_PER_ADDRESS = 100

const open = new Map<string, number>()
let total = 0
const stop = new AbortController()

/** Called at shutdown: ends every stream; its consumer resumes elsewhere or later. */
export const endStreams = () => stop.abort()

/** From the position in Last-Event-ID, else from that of the query. */
export async function streamNotices(event: H3Event, { subscription, after: start }: EventPage) {
  const { res } = event.node
  const address = clientAddress(event)
  const log = useLog()
  const { siteUrl } = settings()
  const resumed = lastEventIdOf(event)
  if (!(await ownTurn(event))) {
    event._handled = true
    return
  }
  if (total >= MOST_STREAMS || (open.get(address) ?? 0) >= MOST_PER_ADDRESS)
    problem(503, 'Too many streams', 'Close some, or try again later.', undefined, {
      headers: { 'retry-after': '30' },
    })
  if (resumed !== undefined && !/^\d{1,15}$/.test(resumed))
    problem(400, 'The Last-Event-ID is malformed', 'Last-Event-ID must be a position.')
  const from = resumed === undefined ? start : Number(resumed)
  requirePosition(await log.head(), from, resumed === undefined ? 'after' : 'last-event-id')
  event._handled = true
  total++
  open.set(address, (open.get(address) ?? 0) + 1)
  let gone = false
  let goOn: (() => void) | undefined
  const end = () => {
    gone = true
    res.end()
  }
  stop.signal.addEventListener('abort', end, { once: true })
  res.once('close', () => {
    gone = true
    goOn?.()
    total--
    open.set(address, open.get(address)! - 1 || 0)
    if (!open.get(address)) open.delete(address)
    stop.signal.removeEventListener('abort', end)
  })
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  res.write(`retry: ${1000 + Math.floor(Math.random() * 3000)}\n\n`)
  if (event.node.req.method === 'HEAD') return end()
  res.on('drain', () => goOn?.())
  void follow(from).catch(() => res.destroy())

  async function follow(after: number) {
    while (!gone) {
      const head = await log.head()
      const { events, reached } = await readWanted(log, subscription, { after, limit: PAGE })
      const hasMoved = reached > after
      after = reached
      if (events.length && !gone && !res.write(await framesOf(events))) await room()
      if (hasMoved || gone) {
        await setImmediate() // others have their turn
        continue
      }
      if ((await log.wait(head, WAIT_MS)) <= head && !gone) res.write(':\n\n')
    }
  }

  async function framesOf(events: Recorded[]): Promise<string> {
    const context = { histories: historiesOf(log), siteUrl }
    const notices = await Promise.all(events.map(each => noticeOf(each, subscription, context)))
    return notices
      .map(
        (notice, i) =>
          `id: ${events[i]!.position}\nevent: ${notice.type}\ndata: ${JSON.stringify(notice)}\n\n`,
      )
      .join('')
  }

  /** Resolves once the consumer has read, or is gone. */
  const room = () =>
    new Promise<void>(resolve => {
      goOn = resolve
      if (gone) resolve()
    })
}
