/** One review in the list of an open page: the elements of ReviewItem.vue, updated from a card. */
import { type Place, PLACEMENTS } from '../shared/card/placement'
import { cardLight, markLight } from '../shared/card/svg'
import { type Film, titleCard } from '../shared/card/title-card'
import { isFresh } from '../shared/date-words'
import { figure } from '../shared/rating'
import type { Card } from '../shared/types/review'

const part = <E extends Element>(item: Element, selector: string) =>
  item.querySelector<E>(selector)!
const write = (item: Element, selector: string, text: string) => {
  part(item, selector).textContent = text
}

/** Writes a card into an item. The nodes stay the same, so a focused link keeps its focus. */
export function tell(
  item: HTMLLIElement,
  { id, slug, title, movie, genres, summary, rating, critic, publishedAt }: Card,
) {
  const film = JSON.stringify({ title: movie.title, year: movie.year, genres, ratio: movie.ratio })
  item.dataset.id = id
  part<HTMLAnchorElement>(item, 'h2 a').href = `/reviews/${slug}`
  write(item, 'h2 a', title)
  part(item, '.movie').firstChild!.textContent = `${movie.title} `
  write(item, '.movie span', String(movie.year ?? ''))
  write(item, '.sum', summary)
  part(item, '.mark').innerHTML = markLight(rating)
  part(item, '.rating > span').childNodes[1]!.textContent = figure(rating)
  write(item, '.by b', critic.name)
  part<HTMLTimeElement>(item, 'time').dateTime = publishedAt
  if (item.dataset.film !== film) {
    item.dataset.film = film
    hangCards(item, placeOf(item))
  }
}

/** Gives an item the class and the title cards of its place. */
export function place(item: HTMLLIElement, to: Place) {
  if (placeOf(item) === to) return
  item.classList.remove('lead', 'second', 'row')
  item.classList.add(to)
  hangCards(item, to)
}

const placeOf = (item: Element) =>
  (Object.keys(PLACEMENTS) as Place[]).find(place => item.classList.contains(place))

function hangCards(item: HTMLLIElement, to: Place | undefined) {
  item.querySelector('.screen')?.remove()
  if (!to || !PLACEMENTS[to].length) return
  const film: Film = JSON.parse(item.dataset.film!)
  const fresh = isFresh(part<HTMLTimeElement>(item, 'time').dateTime, Date.now())
  const screen = document.createElement('div')
  screen.className = 'screen'
  screen.innerHTML = PLACEMENTS[to]
    .map(({ format = '', ...options }) => {
      const drawing = titleCard(film, options)
      return `<svg class="card ${format}" viewBox="0 0 ${drawing.width} ${drawing.height}" role="img" focusable="false">${cardLight(drawing, fresh)}</svg>`
    })
    .join('')
  for (const card of screen.children) card.setAttribute('aria-label', titleCard(film).label)
  item.prepend(screen)
}
