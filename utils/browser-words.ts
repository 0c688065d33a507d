/** What a browser calls itself, in two words: "Firefox on Linux". */

/** In this order, because most name others too. */
const BROWSERS = { 'Edg/': 'Edge', 'OPR/': 'Opera', 'Firefox/': 'Firefox', 'Chrome/': 'Chrome', 'Safari/': 'Safari' } // prettier-ignore
const SYSTEMS = { Android: 'Android', iPhone: 'iPhone', iPad: 'iPad', Windows: 'Windows', 'Mac OS X': 'macOS', CrOS: 'ChromeOS', Linux: 'Linux' } // prettier-ignore

export function browserWords(userAgent: string): string {
  const named = (names: Record<string, string>) =>
    Object.entries(names).find(([sign]) => userAgent.includes(sign))?.[1]
  const words = [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(' on ')
  return words || userAgent.slice(0, 40) || 'An unnamed browser'
}
