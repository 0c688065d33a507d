/** How the server identifies this browser. It is kept in the cache because the page and the service worker both need it. */
export interface KeptSubscription {
  id: string
  manageToken: string
  endpoint: string
}

const KEY = '/kept'
const openCache = () => caches.open('notifications')

export async function readKept(): Promise<KeptSubscription | undefined> {
  const cache = await openCache()
  const entry = await cache.match(KEY)
  return entry?.json()
}

export async function keep({ id, manageToken, endpoint }: KeptSubscription) {
  const cache = await openCache()
  await cache.put(KEY, new Response(JSON.stringify({ id, manageToken, endpoint })))
}

export async function forgetKept() {
  const cache = await openCache()
  await cache.delete(KEY)
}
