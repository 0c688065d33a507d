/** Shows one notification for each review; a correction replaces it. */
declare const self: ServiceWorkerGlobalScope

/** The members of a Declarative Web Push message, as the server sends them; each is checked before use. */
interface PushedNotification {
  title: unknown
  body?: unknown
  tag?: unknown
  navigate?: unknown
  silent?: unknown
  renotify?: unknown
}

const UNREADABLE: PushedNotification = {
  title: 'MyMovies',
  body: 'A new review is out.',
  tag: 'unreadable',
}

/** Every push must show something (we promised `userVisibleOnly`), even an unreadable one. */
export function showPush(data: PushMessageData | null): Promise<void> {
  const {
    title,
    body = '',
    tag = '',
    navigate = '/',
    silent,
    renotify,
  } = readNotification(data) ?? UNREADABLE
  return self.registration.showNotification(String(title), {
    body: String(body),
    tag: String(tag),
    silent: silent === true,
    renotify: renotify === true && tag !== '',
    icon: '/icon-192.png',
    data: { navigate: String(navigate) },
  } as NotificationOptions)
}

function readNotification(data: PushMessageData | null): PushedNotification | undefined {
  try {
    const { notification } = data!.json()
    return notification.title ? notification : undefined
  } catch {
    return undefined
  }
}
