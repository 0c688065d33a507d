/** Words an alert for the desk and for emails; pure. */
import type { Selectable } from 'kysely'
import type { Alert } from '../../../shared/types/alert'
import type { AppTables } from '../../db/schema'

export type AlertRow = Selectable<AppTables['alerts']>

/** "Push gave up 10,000 deliveries", "Push is stuck". */
export function sentenceOf({ says, unit }: Pick<AlertRow, 'says' | 'unit'>, count: number): string {
  const [one, many] = unit ? (JSON.parse(unit) as [string, string]) : []
  return one ? `${says} ${count.toLocaleString('en')} ${count === 1 ? one : many}` : says
}

export const atTheDesk = ({
  about,
  count,
  sample,
  todo,
  link,
  opened_at,
  last_at,
  ...words
}: AlertRow): Alert => ({
  about,
  says: `${sentenceOf(words, count)}.`,
  ...(sample && { sample }),
  todo,
  link,
  since: new Date(opened_at).toISOString(),
  lastAt: new Date(last_at).toISOString(),
})
