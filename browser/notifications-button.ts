/** The notifications button works by /notifications.js, which is fetched when the button comes near: most visits end above it. */

/** Who was asked before has the script at once, because on every visit the server is asked whether it still knows us. */
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
    // A press that comes before the script is not lost; the script puts its own answer to one in this place.
    button.onclick = () => fetchScript().then(() => button.click())
  }
}
