/** The page for readers without a network: kept with its style sheets when the worker is installed, shown when a page cannot be fetched. */
declare const self: ServiceWorkerGlobalScope

const CACHE = 'offline'
const PAGE = '/offline'

export async function keepOfflinePage() {
  const page = await fetch(PAGE)
  if (!page.ok) return
  const html = await page.clone().text()
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, at]) => at!)
  await caches.delete(CACHE)
  const cache = await caches.open(CACHE)
  await Promise.all([cache.put(PAGE, page), cache.addAll(sheets)])
}

export function answerOffline(event: FetchEvent) {
  const { method, mode, url } = event.request
  if (method !== 'GET' || new URL(url).origin !== self.location.origin) return
  if (mode === 'navigate') event.respondWith(fetchOr(event.request, PAGE))
  else if (event.request.destination === 'style')
    event.respondWith(fetchOr(event.request, event.request))
}

const fetchOr = (request: Request, kept: Request | string) =>
  fetch(request).catch(async () => (await caches.match(kept)) ?? Response.error())
