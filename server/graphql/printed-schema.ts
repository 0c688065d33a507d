/** The schema as text, for people and for tools that check queries before they are sent. */
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from './schema'

let printed: string | undefined

export const printedSchema = (): string =>
  (printed ??= `${printSchema(lexicographicSortSchema(schema))}\n`)
