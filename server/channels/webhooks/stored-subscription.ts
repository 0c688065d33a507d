/** A webhook's subscription as columns of its row. */
import type { Subscription } from '../../../shared/schemas/subscription'
import type { AppTables } from '../../db/schema'

type Row = AppTables['webhooks']
type Columns = Pick<Row, 'types' | 'subject' | 'wants' | 'shape' | 'fields'>

/** What is null asks for all. */
export const subscriptionColumns = ({
  types,
  subject,
  wants,
  shape,
  fields,
}: Subscription): Columns => ({
  types: json(types),
  subject: json(subject),
  wants: json(wants && Object.keys(wants).length ? wants : undefined),
  shape,
  fields: json(fields),
})

/** Only of the columns that were read. */
export function subscriptionOfRow<Some extends Partial<Columns>>(
  row: Some,
): Pick<Subscription, keyof Some & keyof Subscription> {
  const { types, subject, wants, shape, fields }: Partial<Columns> = row
  const subscription = {
    ...(types && { types: parsed(types) }),
    ...(subject && { subject: parsed(subject) }),
    ...(wants && { wants: parsed(wants) }),
    ...(shape && { shape }),
    ...(fields && { fields: parsed(fields) }),
  }
  return subscription as Pick<Subscription, keyof Some & keyof Subscription>
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

/** A JSON column is text on SQLite, and already parsed on PostgreSQL. */
const parsed = (stored: unknown): unknown =>
  typeof stored === 'string' ? JSON.parse(stored) : stored
