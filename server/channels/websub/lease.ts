/** How long a subscription lasts unless it is renewed (WebSub, 5.1: never for ever). */

const DAY = 24 * 3600
const SHORTEST = 300
const USUAL = 10 * DAY
const LONGEST = 30 * DAY

/** Seconds; `asked` is a whole number in digits, of any length. */
export const grantedLease = (asked: string | undefined): number =>
  asked === undefined ? USUAL : Math.min(Math.max(Number(asked), SHORTEST), LONGEST)
