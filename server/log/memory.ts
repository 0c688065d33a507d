/** A log in memory, for tests and trials: the same contract, but gone when the process ends. */
import { canonical } from '../../shared/canonical'
import type { EventLog } from './event-log'
import { START } from './hash-chain'
import { fromRow, place, toRequest } from './row'
import { partMembers, sealMembers, wholeMembers } from './sealing/sealed-event'
import type { StoredEvent } from './stored-event'
import { Waiters } from './waiters'

/** What is left of a text. */
const NOTHING = { key: '', text: '' }
const eventIn = (row: StoredEvent) => fromRow(row, () => undefined)

export function openMemoryLog(): EventLog {
  const rows: StoredEvent[] = []
  const streams = new Map<string, StoredEvent[]>()
  const commands = new Map<string, StoredEvent[]>()
  const ids = new Set<string>()
  const waiters = new Waiters()
  let closed = false
  const whenOpen = <T>(run: () => T): T => {
    if (closed) throw new Error('the log is closed')
    return run()
  }

  function append(
    ...[stream, expected, events, { commandId } = {}]: Parameters<EventLog['append']>
  ) {
    const request = toRequest(stream, expected, events, commandId)
    const first = commandId === undefined ? undefined : commands.get(commandId)
    if (first) return { events: first.map(eventIn), repeated: true }
    const before = streams.get(stream) ?? []
    const placed = place(request, rows.at(-1) ?? START, before.length, event =>
      canonical(wholeMembers(event)),
    )
    if (
      new Set(placed.map(row => row.id)).size < placed.length ||
      placed.some(row => ids.has(row.id))
    )
      throw new Error('an event with this id is in the log')
    if (commandId !== undefined && placed.length) commands.set(commandId, placed)
    for (const row of placed) ids.add(row.id)
    streams.set(stream, before.concat(placed))
    rows.push(...placed)
    waiters.wake(rows.length)
    return { events: placed.map(eventIn), repeated: false }
  }

  return {
    append: async (...request) => whenOpen(() => append(...request)),
    read: async ({ after, limit = 500, types }) =>
      whenOpen(() => {
        const matching = types
          ? rows.slice(after).filter(row => types.includes(row.type))
          : rows.slice(after, after + Math.min(limit, 5000))
        return matching.slice(0, Math.min(limit, 5000)).map(eventIn)
      }),
    readStream: async stream => whenOpen(() => (streams.get(stream) ?? []).map(eventIn)),
    isSealed: async () => true,
    erase: async stream =>
      whenOpen(() => {
        for (const row of streams.get(stream) ?? [])
          row.data = sealMembers(partMembers(row.type, JSON.parse(row.data)), () => NOTHING)
      }),
    countTypes: async ({ after, limit }) =>
      whenOpen(() => {
        const groups = Map.groupBy(rows.slice(after, after + limit), row => row.type)
        return Object.fromEntries([...groups].map(([type, some]) => [type, some.length]))
      }),
    head: async () => whenOpen(() => rows.length),
    wait: async (position, timeout = 5000) =>
      whenOpen(() =>
        rows.length > position ? rows.length : waiters.wait(position, timeout, () => rows.length),
      ),
    async close() {
      closed = true
      waiters.end(rows.length)
    },
  }
}
