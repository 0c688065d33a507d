/**
 * Works out when a reader may be notified: the next digest, or the end of quiet hours, in the
 * reader's own time zone.
 */
import { Temporal } from 'temporal-polyfill'
import type { Wants } from '../../shared/types/wants'

/** The default hour and day, which the form describes as "in the evening" and "on Fridays". */
export const DIGEST_HOUR = 18
export const DIGEST_WEEKDAY = 5

/** Whether a reader is notified once a day or week instead of at once. */
export const isDigest = ({ frequency }: Pick<Wants, 'frequency'>) =>
  frequency !== undefined && frequency !== 'instant'

type Times = Pick<Wants, 'frequency' | 'hour' | 'weekday' | 'timeZone' | 'quiet'>

/**
 * The first digest strictly after an instant. If the clock skips the hour, the digest is due when
 * the clock goes on; if the hour comes twice, it is due the first time. `bundle` names the local
 * day or ISO week, so that a digest has one name whatever the clock does. Quiet hours move the
 * sending, not the name.
 */
export function nextDigest(
  wants: Times,
  after: Temporal.Instant,
): { at: Temporal.Instant; bundle: string } {
  const zone = wants.timeZone ?? 'UTC'
  const step = wants.frequency === 'weekly' ? 7 : 1
  let day = after.toZonedDateTimeISO(zone).toPlainDate()
  if (step === 7)
    day = day.add({ days: ((wants.weekday ?? DIGEST_WEEKDAY) - day.dayOfWeek + 7) % 7 })
  for (; ; day = day.add({ days: step })) {
    const due = day.toZonedDateTime({
      timeZone: zone,
      plainTime: { hour: wants.hour ?? DIGEST_HOUR },
    })
    const at = due.toInstant()
    if (Temporal.Instant.compare(at, after) <= 0) continue
    return {
      at: quietUntil(wants, at) ?? at,
      bundle: step === 7 ? `weekly:${isoWeek(due)}` : `daily:${due.toPlainDate()}`,
    }
  }
}

/**
 * The end of the quiet hours that contain an instant; undefined if none do. `from` is quiet, `to`
 * is not; the range may span midnight.
 */
export function quietUntil(
  { quiet, timeZone = 'UTC' }: Times,
  at: Temporal.Instant,
): Temporal.Instant | undefined {
  if (!quiet) return undefined
  const here = at.toZonedDateTimeISO(timeZone)
  const now = here.toPlainTime().toString({ smallestUnit: 'minute' })
  const overnight = quiet.from > quiet.to
  if (overnight ? now < quiet.from && now >= quiet.to : now < quiet.from || now >= quiet.to)
    return undefined
  const day = here.toPlainDate().add({ days: overnight && now >= quiet.from ? 1 : 0 })
  const end = (disambiguation: 'compatible' | 'later') =>
    day.toPlainDateTime(quiet.to).toZonedDateTime(timeZone, { disambiguation }).toInstant()
  // If the hour comes twice, the first end may already be past.
  return Temporal.Instant.compare(end('compatible'), at) > 0 ? end('compatible') : end('later')
}

/** "2026-W48". */
const isoWeek = (day: Temporal.ZonedDateTime) =>
  `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`
