/** This process's hub. */
import { settings } from '../config/settings'
import { Hub } from './hub'

let hub: Hub | undefined

export const useHub = () =>
  (hub ??= new Hub({ perAddress: settings().livePerAddress, total: settings().liveTotal }))
/** How many pages are open here now. */
export const openPages = () => hub?.size ?? 0
/**
 * How many open pages here an event was written to; undefined when this process does not remember.
 */
export const pagesReached = (position: number) => hub?.reachedBy(position)
