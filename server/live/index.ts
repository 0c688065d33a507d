/** This process's hub and page cache. */
import { settings } from '../settings'
import { Hub } from './hub'
import { PageCache } from './page-cache'

let hub: Hub | undefined
let cache: PageCache | undefined

export const useHub = () =>
  (hub ??= new Hub({ perAddress: settings().livePerAddress, total: settings().liveTotal }))
export const usePageCache = () => (cache ??= new PageCache())
/** How many pages are open here now. */
export const openPages = () => hub?.size ?? 0
/** How many open pages here were told of a fact; undefined when that is not remembered. */
export const pagesReached = (position: number) => hub?.reachedBy(position)
