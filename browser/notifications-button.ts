/** Fetches /notifications.js when the notifications button comes near the view, because most visits end above it. */

/** A browser that has granted or refused permission gets the script at once, because each visit asks the server whether it still knows this reader. */
export function fetchWhenNear() {
  const buttons = document.querySelectorAll<HTMLButtonElement>('button[data-notifications]')
  const fetchScript = () => {
    near.disconnect()
    return import('/notifications.js' as string)
  }
  const near = new IntersectionObserver(
    seen => seen.some(({ isIntersecting }) => isIntersecting) && fetchScript(),
    { rootMargin: '50%' },
  )
  if (buttons.length && window.Notification && Notification.permission !== 'default')
    return fetchScript()
  for (const button of buttons) {
    near.observe(button)
    // A press before the script has loaded is not lost: the script then replaces this handler with its own.
    button.onclick = () => fetchScript().then(() => button.click())
  }
}
