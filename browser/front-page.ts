/** Updates the open front page. Like a film it cuts instead of sliding: a new review is there at once, and only its light opens. */
import { placeOnFrontPage } from '../shared/card/placement'
import type { Card } from '../shared/types/review'
import { tick } from './clock'
import { place, tell } from './item'
import { line } from './live-line'
import { refresh } from './load-refresh'
import { holdView } from './refresh/hold-view'
import { isReadingBelow, whenBackAtTop } from './refresh/reading-below'

const main = () => document.querySelector<HTMLElement>('main')!
const items = () => [...document.querySelectorAll<HTMLLIElement>('.latest > li')]
const publishedAt = (item: Element) => item.querySelector('time')!.dateTime

/** Shows what happened to a review, given its current card. */
export function show(type: string, card: Card) {
  const shown = items().find(item => item.dataset.id === card.id)
  if (type === 'review.archived') {
    if (shown) leave(shown)
    count(-1)
  } else if (shown) {
    tell(shown, card)
    hang()
  } else if (type === 'review.published' || type === 'review.restored') {
    enter(card)
    count(1)
  }
  tick()
  line('open')
}

function enter(card: Card) {
  const now = items()
  const most = Number(main().dataset.latest)
  const below = now.find(item => publishedAt(item) < card.publishedAt)
  if (!now.length) return void refresh()
  if (!below && now.length >= most) return
  const item = now[0]!.cloneNode(true) as HTMLLIElement
  item.className = ''
  tell(item, card)
  holdView(() => {
    now[0]!.parentElement!.insertBefore(item, below ?? null)
    for (const extra of items().slice(most))
      if (!extra.contains(document.activeElement)) extra.remove()
    hang()
    if (isReadingBelow()) showNews(card)
  })
  if (item !== items()[0]) return
  item.classList.add('arriving')
  item.addEventListener('animationend', () => item.classList.remove('arriving'))
  main().querySelector(':scope > [role=status]')!.textContent =
    `New review: ${card.title}, by ${card.critic.name}`
}

function leave(item: HTMLLIElement) {
  if (items().length === 1) return void refresh()
  const neighbour = item.nextElementSibling ?? item.previousElementSibling
  const hadFocus = item.contains(document.activeElement)
  holdView(() => {
    item.remove()
    hang()
  })
  if (hadFocus) neighbour!.querySelector('a')!.focus({ preventScroll: true })
}

/** Gives every item the cards of its place; only the first review of a film gets the film's. */
function hang() {
  const films = new Set<string | undefined>()
  items().forEach((item, index) => {
    place(item, placeOnFrontPage(index), films.has(item.dataset.movie))
    films.add(item.dataset.movie)
  })
}

/** "All 1,204 reviews". */
function count(by: number) {
  const all = document.querySelector('.more a')
  if (all)
    all.textContent = all.textContent!.replace(/[\d,]+/, shown =>
      (Number(shown.replaceAll(',', '')) + by).toLocaleString('en-GB'),
    )
}

/** Tells readers further down about it at the top of the window, until they scroll back up. */
function showNews({ title, slug, movie }: Card) {
  const news = document.querySelector<HTMLElement>('.news')!
  const link = news.querySelector('a')!
  link.href = `/reviews/${slug}`
  link.textContent = title
  news.querySelector('.film')!.textContent = movie.title
  news.hidden = false
  whenBackAtTop(() => {
    news.hidden = true
  })
}
