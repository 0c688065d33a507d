/** Days and times as the site writes them. `zone` is an IANA name; without one, that of whoever draws the page. */
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

/** "16 November", for a day whose year was just said. */
export const dayOfYear = (at: string, zone?: string) =>
  format(at, { day: 'numeric', month: 'long' }, zone)

/** "11:01". */
export const time = (at: string, zone?: string) =>
  format(at, { hour: '2-digit', minute: '2-digit' }, zone)

const isToday = (at: string, { now, zone }: Clock) =>
  day(at, zone) === day(new Date(now).toISOString(), zone)

/** "11:01 today", "13 November", or with its year when that is not this one. */
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

/** The next reel is due: it came in within the hour. */
export const isFresh = (publishedAt: string, now: number) => now - Date.parse(publishedAt) < HOUR

/** Seconds since something, as a run sheet counts: "+0.02 s", "+4.4 s", "+3 min", "+2 h". */
export function sinceThen(seconds: number): string {
  if (seconds < 1) return `+${seconds.toFixed(2)} s`
  if (seconds < 60) return `+${seconds.toFixed(1)} s`
  if (seconds < 3600) return `+${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `+${Math.round(seconds / 3600)} h`
  return `+${Math.round(seconds / 86_400)} days`
}
