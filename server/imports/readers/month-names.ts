/** Knows the months by their names and short names, in the languages that exports come in. */
import { foldName } from './fold-name'

const LANGUAGES = 'en de fr es it pt nl pl cs sk sv da nb fi hu ro tr ru uk el'.split(' ')

const MONTHS = new Map<string, number>()
for (const language of LANGUAGES)
  for (const style of ['long', 'short'] as const)
    for (let month = 12; month >= 1; month--) {
      const parts = new Intl.DateTimeFormat(language, {
        day: 'numeric',
        month: style,
        timeZone: 'UTC',
      }).formatToParts(Date.UTC(2024, month - 1, 1))
      const name = foldName(parts.find(({ type }) => type === 'month')!.value)
      if (!/^\d*$/.test(name) && !MONTHS.has(name)) MONTHS.set(name, month)
    }
MONTHS.set('sept', 9)

/** 1 to 12; undefined for any other word. English wins where two languages differ. */
export const monthNamed = (word: string) => MONTHS.get(foldName(word))
