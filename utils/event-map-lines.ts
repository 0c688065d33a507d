/** Where everything stands in the drawing of the event map: commands and events above, each a line down; listeners below each other, each a line to the right. Units are CSS pixels. */
import type { EventMap, Listener, Reach } from '~/shared/types/event-map'

/** Without `outside`, where its column begins, it stands below the listener's name. */
export interface Sizes {
  width: number
  column: number
  row: number
  outside?: number
}

export const WIDE: Sizes = { width: 1060, column: 54, row: 30, outside: 910 }
export const NARROW: Sizes = { width: 340, column: 19, row: 52 }

/** Commands read upwards to here, then an arrow, then events read upwards to where their lines begin. */
export const COMMANDS_END = 118
const EVENTS_BEGIN = 136
export const EVENTS_END = 352
export const LINES_BEGIN = 372
const BEFORE_TITLE = 8
const AFTER_TITLE = 26
const FIRST = 10
const BEFORE_NAMES = 14

export interface Line {
  listener: Listener
  y: number
  /** From the first event that it listens to. */
  from: number
  marks: { x: number; reach: Exclude<Reach, 'nothing'> }[]
}

const KINDS: [kind: Listener['kind'], title: string][] = [
  ['read model', 'Read models'],
  ['channel', 'Channels'],
  ['stream', 'Streams'],
]

export function drawingOf({ events, listeners }: EventMap, sizes: Sizes) {
  const columns = events.map((event, i) => ({ ...event, x: FIRST + sizes.column * (i + 0.5) }))
  const names = FIRST + sizes.column * events.length + BEFORE_NAMES
  const lines: Line[] = []
  const titles: { title: string; y: number }[] = []
  let y = LINES_BEGIN
  for (const [kind, title] of KINDS) {
    y += sizes.row + BEFORE_TITLE
    titles.push({ title, y })
    for (const [i, listener] of listeners.filter(one => one.kind === kind).entries()) {
      y += i ? sizes.row : AFTER_TITLE
      const marks = columns.flatMap(({ type, x }) => {
        const reach = listener.effects[type]?.reach ?? 'nothing'
        return reach === 'nothing' ? [] : [{ x, reach }]
      })
      lines.push({ listener, y, from: marks[0]?.x ?? names, marks })
    }
  }
  const ends = columns.map(({ x }) => lines.findLast(line => line.marks.some(m => m.x === x))?.y)
  return {
    columns: columns.map((column, i) => ({ ...column, end: ends[i] ?? LINES_BEGIN })),
    titles,
    lines,
    names,
    height: y + sizes.row,
    arrow: { from: COMMANDS_END + 3, to: EVENTS_BEGIN - 3 },
    eventsBegin: EVENTS_BEGIN,
  }
}
