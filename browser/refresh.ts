/** Turns the page into its current version in place: the reader keeps the focus, the selection and the view. Elements marked `data-keep` are not touched. */
import { holdFocus } from './refresh/hold-focus'
import { holdView } from './refresh/hold-view'
import { morph } from './refresh/morph'
import { showStatus } from './refresh/status-line'
import { rememberPage } from './refresh/what-changed'

/** The longest random delay; it keeps the readers of one page from all coming back at the same moment. */
const SPREAD_MS = 1500
const AGAIN_MS = 10_000

let waiting: Promise<void> | undefined

/** One call for all changes that arrive during the delay. */
export const refresh = (): Promise<void> => (waiting ??= refreshLater())

async function refreshLater() {
  await new Promise(resolve => setTimeout(resolve, Math.random() * SPREAD_MS))
  waiting = undefined
  const fresh = await fetchPage().catch(() => undefined)
  if (fresh) showPage(fresh)
  else setTimeout(refresh, AGAIN_MS)
}

/** Undefined if the server is in trouble, or something else answered, such as the sign-in page of a hotel's network. */
async function fetchPage(): Promise<Document | undefined> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const isOurs = page.querySelector('main') && page.documentElement.dataset.position
  return isOurs && answer.status < 500 ? page : undefined
}

function showPage(fresh: Document) {
  const main = document.querySelector('main')!
  const changed = rememberPage(main)
  holdView(() => {
    holdFocus(main, () => morph(main, document.importNode(fresh.querySelector('main')!, true)))
    const words = changed()
    if (words) showStatus(words)
  })
  document.title = fresh.title
  document.documentElement.dataset.position = fresh.documentElement.dataset.position
}
