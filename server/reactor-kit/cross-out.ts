/** Our secrets, crossed out of what a far side says: it may repeat a token in its error, or in an address that editors are shown. */

/** Shorter ones would cross out words that only look alike. */
const SHORTEST = 8

export const crossOut = (said: string, secrets: string[]): string =>
  secrets
    .filter(({ length }) => length >= SHORTEST)
    .flatMap(secret => [secret, encodeURIComponent(secret)])
    .reduce((words, secret) => words.replaceAll(secret, '…'), said)
