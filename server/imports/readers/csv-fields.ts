/** Splits one record of a CSV file into its fields. */
import { parse } from 'csv-parse/sync'

/** Undefined when a quote is not closed or the text is more than one record. */
export function fieldsOf(text: string, delimiter: string): string[] | undefined {
  try {
    const records = parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      trim: true,
    })
    return records.length === 1 ? records[0] : undefined
  } catch {
    return undefined
  }
}
