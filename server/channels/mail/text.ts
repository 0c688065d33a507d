/** Makes foreign text safe to put into an email. */

/**
 * One line without control characters, direction overrides (they would reverse the rest of a
 * subject) or private-use characters (our placeholders).
 */
export const plain = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Co}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** `plain`, escaped for HTML text or a quoted attribute. */
export const html = (text: string) => plain(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)

/** "14 November 2026" in that time zone. `at` is ISO 8601 or ms since the epoch. */
export function longDate(at: string | number, timeZone = 'UTC'): string {
  const calendar =
    calendars.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone })
  calendars.set(timeZone, calendar)
  return calendar.format(new Date(at))
}

/** Cached, because making one costs more than the rest of addressing an email. */
const calendars = new Map<string, Intl.DateTimeFormat>()
