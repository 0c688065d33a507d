/** Finds the day on which somebody agreed, in the columns of an export. */
import type { Column } from './columns'
import { isNothing } from './status-words'

/** The text of the best proof that the line has; undefined if it has none. */
export function consentIn(columns: Column[]): string | undefined {
  const dated = columns
    .map(column => ({ ...column, rank: rankOf(column) }))
    .filter((column): column is typeof column & { rank: number } => column.rank !== undefined)
    .toSorted((a, b) => a.rank - b.rank)
  const given = dated.filter(({ text }) => !isNothing(text))
  const found = given.find(({ text }) => looksLikeTime(text))
  if (!found) return given.find(({ role }) => role.is === 'consent')?.text
  // Where a platform says when people confirmed, the day on which it made the row is no proof.
  const isUnconfirmed =
    found.rank === 2 &&
    dated.some(
      ({ rank, text, name }) => rank === 0 && isNothing(text) && !/^confirm_time$/i.test(name),
    )
  return isUnconfirmed ? undefined : found.text
}

const rankOf = ({ role }: Column) =>
  role.is === 'consent' || role.is === 'member' ? role.rank : undefined

const looksLikeTime = (text: string) =>
  !text.includes('@') && ((text.match(/\d/g)?.length ?? 0) >= 4 || /\d\D+\d\D+\d/.test(text))
