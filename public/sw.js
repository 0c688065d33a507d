// Shows what a push brings: one notification for each review, replaced by its correction, opened by a press.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
self.addEventListener('push', event => event.waitUntil(show(read(event.data))))

// Every push must show something (we promised userVisibleOnly), an unreadable one too.
function read(data) {
  try {
    const { notification } = data.json()
    if (notification.title) return notification
  } catch {
    /* shown below */
  }
  return { title: 'MyMovies', body: 'A new review is out.', tag: 'unreadable' }
}

function show({ title, body = '', tag = '', navigate = '/', silent, renotify }) {
  return self.registration.showNotification(String(title), {
    body: String(body),
    tag: String(tag),
    silent: silent === true,
    renotify: renotify === true && tag !== '',
    icon: '/icon-192.png',
    data: { navigate: String(navigate) },
  })
}

self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.navigate))
})

// Always on this site, whatever name of it the message was written with.
async function open(navigate) {
  const { protocol, pathname, search } = new URL(
    URL.canParse(navigate, self.location.origin) ? navigate : '/',
    self.location.origin,
  )
  const url = self.location.origin + (protocol.startsWith('http') ? pathname + search : '/')
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = pages.find(page => page.url.split('#')[0] === url)
  return there ? there.focus() : self.clients.openWindow(url)
}

// The push service gives out a new address: ask for it and say so, with the token that notifications.js kept.
self.addEventListener('pushsubscriptionchange', event => event.waitUntil(renew(event)))

async function renew({ newSubscription, oldSubscription }) {
  const subscription =
    newSubscription ??
    (await self.registration.pushManager.subscribe(
      oldSubscription?.options.applicationServerKey
        ? oldSubscription.options
        : {
            userVisibleOnly: true,
            applicationServerKey: (await (await fetch('/api/push/key')).json()).publicKey,
          },
    ))
  const cache = await caches.open('notifications'),
    kept = await (await cache.match('/kept'))?.json()
  const send = (method, path, headers) =>
    fetch(`/api/subscriptions/push${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ subscription }),
    })
  const changed =
    kept && (await send('PATCH', `/${kept.id}`, { authorization: `Bearer ${kept.manageToken}` }))
  const { id, manageToken } = changed?.ok ? kept : await (await send('POST', '')).json()
  await cache.put(
    '/kept',
    new Response(JSON.stringify({ id, manageToken, endpoint: subscription.endpoint })),
  )
}
