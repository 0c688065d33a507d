/** Replaces the page with its current version without a jump of the view. Elements marked `data-keep` are carried over as they are. */

/** The longest random delay; it keeps the readers of one page from all coming back at the same moment. */
const SPREAD_MS = 1500

export async function refresh() {
  await new Promise(resolve => setTimeout(resolve, Math.random() * SPREAD_MS))
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const old = document.querySelector('main')!
  const main = fresh.querySelector('main')
  if (!main || answer.status >= 500) return
  for (const kept of old.querySelectorAll<HTMLElement>('[data-keep]'))
    main.querySelector(`[data-keep=${kept.dataset.keep}]`)?.replaceWith(kept)
  holdView(() => old.replaceWith(main))
  document.title = fresh.title
  document.documentElement.dataset.position = fresh.documentElement.dataset.position
}

/** Keeps what is at the top of the window in place while the page changes above it. Done by hand, because not every browser does scroll anchoring; switched off in those that do. */
export function holdView(change: () => void) {
  const root = document.documentElement
  const held =
    scrollY > 0
      ? [...document.querySelectorAll('main li, main p, main h2')].find(
          element => element.getBoundingClientRect().top > 0,
        )
      : undefined
  const before = held?.getBoundingClientRect().top
  root.style.overflowAnchor = 'none'
  change()
  if (held?.isConnected) scrollBy(0, held.getBoundingClientRect().top - before!)
  requestAnimationFrame(() => {
    root.style.overflowAnchor = ''
  })
}
