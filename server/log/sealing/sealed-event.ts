/** An event's data as a row holds it: what is open, and the sealed text. */
import { canonical } from '../../../shared/canonical'
import { partText, withoutText } from '../../review/texts'
import type { UnplacedEvent } from '../stored-event'
import type { Sealed } from './cipher'

/** The data of a row: the open members, and `sealed` unless there is no text. */
export type RowMembers = Record<string, unknown> & { sealed?: Sealed }

/** Both as canonical JSON. */
export function partMembers(type: string, data: object): Pick<UnplacedEvent, 'open' | 'text'> {
  const { open, text } = partText(type, data)
  return { open: canonical(open), text: text ? canonical(text) : null }
}

/** The whole data. */
export const wholeMembers = ({ open, text }: Pick<UnplacedEvent, 'open' | 'text'>): RowMembers =>
  text === null ? parsed(open) : { ...parsed(open), ...parsed(text) }

/** Canonical JSON; `seal` is not called where there is no text. */
export const sealMembers = (
  { open, text }: Pick<UnplacedEvent, 'open' | 'text'>,
  seal: (text: string) => Sealed,
): string => (text === null ? open : canonical({ ...parsed(open), sealed: seal(text) }))

/** Whether a text of this event stands on the log unsealed. */
export const isPlain = (type: string, data: RowMembers): boolean =>
  !data.sealed && partText(type, data).text !== undefined

/** The whole data; `open` returns a text, or undefined once it was erased. */
export function unsealMembers(
  type: string,
  { sealed, ...rest }: RowMembers,
  open: (sealed: Sealed) => string | undefined,
): object {
  const text = sealed && open(sealed)
  return text === undefined ? withoutText(type, rest) : { ...rest, ...parsed(text) }
}

const parsed = (json: string) => JSON.parse(json) as RowMembers
