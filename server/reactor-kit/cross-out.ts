/**
 * Crosses our secrets out of what a far side says, which may repeat a token in an error or in an
 * address that editors see.
 */

/** Shorter secrets are left alone, because they might be ordinary words. */
const SHORTEST = 8

export const crossOut = (text: string, secrets: string[]): string =>
  secrets
    .filter(({ length }) => length >= SHORTEST)
    .flatMap(secret => [secret, encodeURIComponent(secret)])
    .reduce((words, secret) => words.replaceAll(secret, '…'), text)
