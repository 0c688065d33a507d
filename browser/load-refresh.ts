/** Fetches /refresh.js with the first change, because most visits end before one arrives. */
import { fetchScript } from './fetch-script'
import type * as Refresh from './refresh'

export const refresh = () =>
  fetchScript<typeof Refresh>('/refresh.js').then(script => script.refresh())
