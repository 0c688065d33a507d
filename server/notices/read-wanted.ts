/** Reads the events that a subscription asks for, a page at a time. */
import type { EventLog, Recorded } from '../log/event-log'
import { streamOf } from '../log/handle-command'
import { historiesOf } from './review-histories'
import { eventTypesOf, isWanted, narrows, type Wanted } from './wanted'

/**
 * `reached` is the position up to which every event was considered, where the next page begins. A
 * page that is not `full` may be short before the end of the log, where few events are wanted.
 */
export interface WantedPage {
  events: Recorded[]
  reached: number
  full: boolean
}

const READ = 500
/** What one answer looks through at most, so that a rare genre holds up nobody else. */
const MOST_READ = 5000

export async function readWanted(
  log: EventLog,
  wanted: Wanted,
  { after, limit }: { after: number; limit: number },
): Promise<WantedPage> {
  const histories = historiesOf(log)
  await histories.catchUp()
  if (wanted.subject) return pageOf(await ofSubjects(log, wanted, after), after, limit)
  const types = eventTypesOf(wanted)
  if (!narrows(wanted.wants)) {
    const events = await log.read({ after, limit, types })
    return pageOf(events, after, limit)
  }
  const found: Recorded[] = []
  let reached = after
  for (let read = 0; read < MOST_READ && found.length < limit; read += READ) {
    const events = await log.read({ after: reached, limit: READ, types })
    for (const event of events) {
      if (found.length === limit) break
      if (await isWanted(wanted, event, histories)) found.push(event)
      reached = event.position
    }
    if (events.length < READ) break
  }
  return { events: found, reached, full: found.length === limit }
}

function pageOf(events: Recorded[], after: number, limit: number): WantedPage {
  const page = events.slice(0, limit)
  return { events: page, reached: page.at(-1)?.position ?? after, full: page.length === limit }
}

async function ofSubjects(log: EventLog, wanted: Wanted, after: number): Promise<Recorded[]> {
  const types: string[] = eventTypesOf(wanted)
  const streams = await Promise.all(wanted.subject!.map(id => log.readStream(streamOf(id))))
  const later = streams
    .flat()
    .filter(({ position, type }) => position > after && types.includes(type))
    .sort((a, b) => a.position - b.position)
  const kept = await Promise.all(later.map(event => isWanted(wanted, event, historiesOf(log))))
  return later.filter((_, i) => kept[i])
}
