/** Reads one text value from the query string of the address. */
import type { LocationQueryValue } from 'vue-router'

/** A name that is given twice counts as missing. */
export const queryText = (value: LocationQueryValue | LocationQueryValue[] | undefined) =>
  typeof value === 'string' && value ? value : undefined
