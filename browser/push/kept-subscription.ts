/** How the server identifies this browser, and what its reader wants. It is kept in the cache because the page and the service worker both need it. */
import type { Wants } from '../../shared/types/wants'

export interface KeptSubscription {
  id: string
  manageToken: string
  endpoint: string
  /** As the server last confirmed them. */
  wants?: Wants
}

const KEY = '/kept'
const openCache = () => caches.open('notifications')

export async function readKept(): Promise<KeptSubscription | undefined> {
  const cache = await openCache()
  const entry = await cache.match(KEY)
  return entry?.json()
}

export async function keep({ id, manageToken, endpoint, wants }: KeptSubscription) {
  const cache = await openCache()
  await cache.put(KEY, new Response(JSON.stringify({ id, manageToken, endpoint, wants })))
}

export async function forgetKept() {
  const cache = await openCache()
  await cache.delete(KEY)
}
