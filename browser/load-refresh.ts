/** Fetches /refresh.js with the first change, because most visits end before one arrives. */
import type * as Refresh from './refresh'

const SCRIPT: string = '/refresh.js'

export const refresh = () =>
  import(/* @vite-ignore */ SCRIPT).then((script: typeof Refresh) => script.refresh())
