import type { LocationQueryValue } from 'vue-router'

/** One value of the query string; a name given twice counts as not given. */
export const queryText = (value: LocationQueryValue | LocationQueryValue[] | undefined) =>
  typeof value === 'string' && value ? value : undefined
