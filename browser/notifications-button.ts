/** Fetches /notifications.js when the notifications button comes near the view, because most visits end above it. */
import { fetchScript } from './fetch-script'

/** A browser that has granted or refused permission gets the script at once, because each visit asks the server whether it still knows this reader. */
export function fetchWhenNear() {
  const buttons = document.querySelectorAll<HTMLButtonElement>('button[data-notifications]')
  const fetchNotifications = () => {
    near.disconnect()
    return fetchScript('/notifications.js')
  }
  const near = new IntersectionObserver(
    seen => seen.some(({ isIntersecting }) => isIntersecting) && fetchNotifications(),
    { rootMargin: '50%' },
  )
  if (buttons.length && window.Notification && Notification.permission !== 'default')
    return fetchNotifications()
  for (const button of buttons) {
    near.observe(button)
    // A press before the script has loaded is not lost: the script then replaces this handler with its own.
    button.onclick = () => fetchNotifications().then(() => button.click())
  }
}
