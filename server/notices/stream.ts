/**
 * The events as a stream for integrators: each consumer has its own cursor and reads at its own
 * pace; the log is the buffer.
 */
import { setImmediate } from 'node:timers/promises'
import type { H3Event } from 'h3'
import type { Notice } from '../../shared/types/notice'
import { settings } from '../config/settings'
import { lastEventIdOf } from '../http/last-event-id'
import { problem } from '../http/problem'
import { useLog } from '../log'
import type { Recorded } from '../log/event-log'
import { noticeOf } from './notice'
import { openStream } from './open-stream'
import type { EventPage } from './query'
import { readWanted } from './read-wanted'
import { requirePosition } from './require-position'
import { historiesOf } from './review-histories'

const WAIT_MS = 15_000
const PAGE = 500
/** How many are encoded and written at once: a review can have 100 kB, a link has 400 bytes. */
const AT_ONCE = { thin: PAGE, fat: 25, pick: 25 }

/** From the position in Last-Event-ID, else from that of the query. */
export async function streamNotices(event: H3Event, { subscription, after: start }: EventPage) {
  const log = useLog()
  const { siteUrl } = settings()
  const resumed = lastEventIdOf(event)
  if (resumed !== undefined && !/^\d{1,15}$/.test(resumed))
    problem(400, 'The Last-Event-ID is malformed', 'Last-Event-ID must be a position.')
  const from = resumed === undefined ? start : Number(resumed)
  await requirePosition(log, from, resumed === undefined ? 'after' : 'last-event-id')
  const stream = await openStream(event)
  if (!stream) return
  const { gone, write, end } = stream
  if (event.node.req.method === 'HEAD') return end()
  void follow(from).catch(() => event.node.res.destroy())

  async function follow(after: number) {
    while (!gone.aborted) {
      const head = await log.head()
      const { events, reached } = await readWanted(log, subscription, { after, limit: PAGE })
      const hasMoved = reached > after
      after = reached
      await send(events)
      if (hasMoved)
        await setImmediate() // others have their turn
      else if ((await log.wait(head, WAIT_MS)) <= head) await write(':\n\n')
    }
  }

  /** A slow consumer may be long behind, so what each review is now is asked for again and again. */
  async function send(events: Recorded[]) {
    const histories = historiesOf(log)
    const size = AT_ONCE[subscription.shape]
    for (let sent = 0; sent < events.length && !gone.aborted; sent += size) {
      await histories.catchUp()
      const some = events.slice(sent, sent + size)
      const notices = await Promise.all(
        some.map(event => noticeOf(event, subscription, { histories, siteUrl })),
      )
      await write(notices.map((notice, i) => frameOf(some[i]!, notice)).join(''))
    }
  }
}

const frameOf = ({ position }: Recorded, notice: Notice) =>
  `id: ${position}\nevent: ${notice.type}\ndata: ${JSON.stringify(notice)}\n\n`
