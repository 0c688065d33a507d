/** Opens the page that a notification is about, or focuses the tab that already shows it. */
declare const self: ServiceWorkerGlobalScope

export async function openPage(navigate: string) {
  const url = onThisSite(navigate)
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = pages.find(page => page.url.split('#')[0] === url)
  return open ? open.focus() : self.clients.openWindow(url)
}

/** Always an address on this site's own origin, whichever of its names the message used. */
function onThisSite(navigate: string): string {
  const { origin } = self.location
  const { protocol, pathname, search } = new URL(
    URL.canParse(navigate, origin) ? navigate : '/',
    origin,
  )
  return origin + (protocol.startsWith('http') ? pathname + search : '/')
}
