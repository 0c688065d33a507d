/** Dates and times as the site writes them. `zone` is an IANA name; the default is the zone of the machine that renders. */
export interface Clock {
  now: number
  zone?: string
}

const LOCALE = 'en-GB'
const format = (at: string, options: Intl.DateTimeFormatOptions, zone?: string) =>
  new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone }).format(new Date(at))

/** "14 November 2026". */
export const day = (at: string, zone?: string) =>
  format(at, { day: 'numeric', month: 'long', year: 'numeric' }, zone)

/** "16 November", where the year is clear. */
export const dayOfYear = (at: string, zone?: string) =>
  format(at, { day: 'numeric', month: 'long' }, zone)

/** "11:01". */
export const time = (at: string, zone?: string) =>
  format(at, { hour: '2-digit', minute: '2-digit' }, zone)

const isToday = (at: string, { now, zone }: Clock) =>
  day(at, zone) === day(new Date(now).toISOString(), zone)

/** "11:01 today", "13 November", or with the year if it is not this one. */
export function when(at: string, clock: Clock): string {
  if (isToday(at, clock)) return `${time(at, clock.zone)} today`
  const year = (moment: string) => format(moment, { year: 'numeric' }, clock.zone)
  return year(at) === year(new Date(clock.now).toISOString())
    ? dayOfYear(at, clock.zone)
    : day(at, clock.zone)
}

/** "The last one came in at 11:01." */
export const lastCameIn = (at: string, clock: Clock) =>
  isToday(at, clock)
    ? `The last one came in at ${time(at, clock.zone)}.`
    : `The last one came in on ${when(at, clock)}.`

const HOUR = 3_600_000

/** Published within the last hour: it gets a cue mark. */
export const isFresh = (publishedAt: string, now: number) => now - Date.parse(publishedAt) < HOUR

/** Elapsed seconds as the run sheet shows them: "+0.02 s", "+4.4 s", "+3 min", "+2 h". */
export function sinceThen(seconds: number): string {
  if (seconds < 1) return `+${seconds.toFixed(2)} s`
  if (seconds < 60) return `+${seconds.toFixed(1)} s`
  if (seconds < 3600) return `+${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `+${Math.round(seconds / 3600)} h`
  return `+${Math.round(seconds / 86_400)} days`
}
