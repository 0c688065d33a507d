/** Reads the events that a subscription asks for, a page at a time. */
import { setImmediate } from 'node:timers/promises'
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
/** A page of one may stand behind many private events. */
const FEWEST = 50
/** What one answer looks through at most. */
const MOST_READ = 2000

/** The histories know all that is in the page. */
export async function readWanted(
  log: EventLog,
  wanted: Wanted,
  place: { after: number; limit: number },
): Promise<WantedPage> {
  const head = await log.head()
  if (wanted.subject && head - place.after > READ) return readSubjects(log, wanted, place, head)
  return wanted.subject || narrows(wanted.wants)
    ? readThrough(log, wanted, place)
    : readTypes(log, wanted, place)
}

/**
 * All types are read and the private ones left out, because a chain without gaps is checked more
 * quickly; and no texts, because what is told of a review is what it is now.
 */
async function readTypes(
  log: EventLog,
  wanted: Wanted,
  { after, limit }: { after: number; limit: number },
): Promise<WantedPage> {
  const types: string[] = eventTypesOf(wanted)
  const found: Recorded[] = []
  const chunk = Math.max(limit, FEWEST)
  let last = after
  let isEnd = false
  while (found.length < limit && !isEnd) {
    const events = wanted.types
      ? await log.read({ after: last, limit: chunk, types, texts: false })
      : await log.read({ after: last, limit: chunk, texts: false })
    found.push(...events.filter(({ type }) => types.includes(type)))
    last = events.at(-1)?.position ?? last
    isEnd = events.length < chunk
  }
  const events = found.slice(0, limit)
  const histories = historiesOf(log)
  await histories.catchUp()
  if (wanted.shape === 'thin') await histories.learnSlugs(events)
  return { events, reached: events.at(-1)?.position ?? after, full: events.length === limit }
}

async function readThrough(
  log: EventLog,
  wanted: Wanted,
  { after, limit }: { after: number; limit: number },
): Promise<WantedPage> {
  const histories = historiesOf(log)
  const types = eventTypesOf(wanted)
  const found: Recorded[] = []
  let reached = after
  for (let read = 0; read < MOST_READ && found.length < limit; read += READ) {
    const events = await log.read({ after: reached, limit: READ, types })
    await histories.catchUp()
    for (const event of events) {
      if (found.length === limit) break
      if (await isWanted(wanted, event, histories)) found.push(event)
      reached = event.position
    }
    if (events.length < READ) break
    await setImmediate() // others have their turn
  }
  return { events: found, reached, full: found.length === limit }
}

/** Quicker than all that happened in between, to a few reviews. */
async function readSubjects(
  log: EventLog,
  wanted: Wanted,
  { after, limit }: { after: number; limit: number },
  head: number,
): Promise<WantedPage> {
  const histories = historiesOf(log)
  const types: string[] = eventTypesOf(wanted)
  const streams = await Promise.all(wanted.subject!.map(id => log.readStream(streamOf(id))))
  await histories.catchUp()
  const later = streams
    .flat()
    .filter(({ position, type }) => position > after && position <= head && types.includes(type))
    .sort((a, b) => a.position - b.position)
  const kept = await Promise.all(later.map(event => isWanted(wanted, event, histories)))
  const events = later.filter((_, i) => kept[i]).slice(0, limit)
  const full = events.length === limit
  return { events, reached: full ? events.at(-1)!.position : head, full }
}
