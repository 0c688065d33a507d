/** Reads what follows a day: `T18:00:00.5+01:00`, ` 3:05 pm EST`, ` 10:00 +0000 UTC m=+0.1`. */

const ZONES: { [name: string]: number } = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  bst: 1,
  cet: 1,
  cest: 2,
  mez: 1,
  mesz: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  ist: 5.5,
  jst: 9,
  kst: 9,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  z: 0,
  utc: 0,
  gmt: 0,
}

const HOUR = 3_600_000
const CLOCK = /^[ T,]*(?:(?:at|um|à) )?(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?(?!\d)/
const HALF = /^ ?([ap])\.?m\b\.?/i
const HOUR_WORD = /^ ?(?:uhr|h)\b/i
const ZONE_NAME = /^ ?(\p{L}{1,5})(?!\p{L})/u
const OFFSET = /^ ?([+-])(\d\d?):?(\d\d)?(?::\d\d)?(?!\d)/
/** The zone once more in words, as Go, JavaScript and Temporal write it. */
const REST = /^(?: ?(?:[A-Z]{2,5}|[+-]\d\d(?:\d\d)?|\([^()]*\)|\[[^[\]]*\]|m=[+-][\d.]+))*$/

/**
 * Milliseconds after midnight UTC, which may be before it; undefined if it is no time. Nothing means
 * midnight, and no zone UTC.
 */
export function timeOfDay(rest: string): number | undefined {
  if (!rest.trim()) return 0
  const clock = CLOCK.exec(rest)
  if (!clock) return undefined
  const [all, hour, minute, second = '0', fraction = '0'] = clock
  const [half, afterHalf] = take(HALF, rest.slice(all.length))
  const [, zone] = take(HOUR_WORD, afterHalf)
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half[1]!) ? 12 : 0) : Number(hour)
  const offset = offsetOf(zone)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 60 || offset === undefined)
    return undefined
  const seconds = hours * 3600 + Number(minute) * 60 + Math.min(Number(second), 59)
  return seconds * 1000 + Math.floor(Number(`0.${fraction}`) * 1000) - offset
}

/** Milliseconds east of UTC. */
function offsetOf(zone: string): number | undefined {
  const [name, afterName] = take(ZONE_NAME, zone)
  const [offset, rest] = take(OFFSET, afterName)
  if (!REST.test(rest.trimEnd())) return undefined
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return (offset[1] === '-' ? -1 : 1) * minutes * 60_000
  }
  if (!name) return 0
  const hours = ZONES[name[1]!.toLowerCase()]
  return hours === undefined ? undefined : hours * HOUR
}

/** What a pattern finds at the start, and what follows it. */
function take(pattern: RegExp, text: string): [RegExpExecArray | null, string] {
  const found = pattern.exec(text)
  return [found, found ? text.slice(found[0].length) : text]
}
