/** The script of the public pages: keeps an open page as current as a fresh one. In a shared worker, the same file holds the shared connection. */
import type { Card } from '../shared/types/review'
import { tick } from './clock'
import type { LiveEvent } from './connection'
import { fetchScript } from './fetch-script'
import type * as FrontPage from './front-page'
import { line } from './live-line'
import { refresh } from './load-refresh'
import { fetchWhenNear } from './notifications-button'
import { serveTabs, share } from './shared-connection'

const AWAY_MS = 30_000
const MINUTE = 60_000

if (!('document' in self)) serveTabs()
else {
  void fetchWhenNear()
  followPage()
  // After the page, which needs the network first.
  addEventListener('load', () => void navigator.serviceWorker?.register('/sw.js').catch(() => {}))
}

function followPage() {
  const root = document.documentElement
  const follow = follower()
  if (!follow || !window.EventSource) return
  const seen = () => Number(root.dataset.position)
  const shared = share(seen, hear)
  let hiddenAt = 0

  function hear({ type, id, data }: LiveEvent) {
    if (type === 'open' || type === 'lost') return line(type)
    if (type !== 'reset' && id <= seen()) return
    root.dataset.position = String(id)
    if (type === 'reset') void refresh()
    else follow!(type, JSON.parse(data!))
  }

  shared.ask()
  addEventListener('pagehide', shared.leave)
  addEventListener('pageshow', (event: PageTransitionEvent) => event.persisted && shared.ask())
  addEventListener('online', shared.wake)
  addEventListener('offline', () => line('offline'))
  // A phone that slept may hold a dead connection without knowing it.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now()
    else if (Date.now() - hiddenAt > AWAY_MS) shared.wake()
  })
}

/** How this page handles events; undefined for a page that shows none and needs no connection. */
function follower(): ((type: string, card: Card) => void) | undefined {
  const review = document.querySelector<HTMLElement>('[data-review]')?.dataset.review
  if (review)
    return (_type, card) => {
      if (card.id === review) void refresh()
    }
  if (!document.querySelector('main[data-latest]')) return
  tick()
  setInterval(tick, MINUTE)
  // Most visits end before anything arrives, so the script that draws arrivals is fetched with the first one.
  const arrivals = () => fetchScript<typeof FrontPage>('/front-page.js')
  return (type, card) =>
    void arrivals()
      .then(page => page.show(type, card))
      .catch(refresh)
}
