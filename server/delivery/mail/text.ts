/** Foreign text on its way into a letter: nothing in it may steer the letter. */

/** One line without control characters, without direction overrides (they would turn the rest of a subject around) and without private characters (our placeholders). */
export const plain = (text: string) => text.toWellFormed().replace(/[\p{Cc}\p{Co}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, ' ').replace(/\s+/g, ' ').trim()

/** `plain`, ready to stand in HTML text or in a quoted attribute. */
export const html = (text: string) => plain(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)

/** "14 November 2026", as the reader's calendar has it. `at` is ISO 8601 or ms since the epoch. */
export const longDate = (at: string | number, timeZone = 'UTC') => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(new Date(at))
