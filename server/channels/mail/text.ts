/** Foreign text on its way into a letter: nothing in it may steer the letter. */

/** One line without control characters, without direction overrides (they would turn the rest of a subject around) and without private characters (our placeholders). */
export const plain = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Co}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** `plain`, ready to stand in HTML text or in a quoted attribute. */
export const html = (text: string) => plain(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)

/** "14 November 2026", as the calendar of that time zone has it. `at` is ISO 8601 or ms since the epoch. */
export function longDate(at: string | number, timeZone = 'UTC'): string {
  const calendar =
    calendars.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone })
  calendars.set(timeZone, calendar)
  return calendar.format(new Date(at))
}

/** Making one costs more than the rest of addressing a letter. */
const calendars = new Map<string, Intl.DateTimeFormat>()
