/** One review in the list of an open page: the elements of ReviewItem.vue, updated from a card. */
import { isLongHeadline, type Place, PLACEMENTS } from '../shared/card/placement'
import { cardLight, markLight } from '../shared/card/svg'
import { type Film, titleCard } from '../shared/card/title-card'
import { isFresh } from '../shared/date-words'
import { escapeHtml } from '../shared/escape-html'
import { figure } from '../shared/rating'
import { SPOILERS } from '../shared/spoilers'
import type { Card } from '../shared/types/review'
import { replaceText } from './refresh/replace-text'

const part = <E extends Element>(item: Element, selector: string) =>
  item.querySelector<E>(selector)!
function write(item: Element, selector: string, text: string) {
  const element = part(item, selector)
  if (element.firstChild instanceof Text) replaceText(element.firstChild, text)
  else element.textContent = text
}

/** Writes a card into an item. The nodes stay the same, so a focused link keeps its focus. */
export function tell(
  item: HTMLLIElement,
  { id, slug, title, movie, genres, summary, rating, critic, spoiler, publishedAt }: Card,
) {
  const film = JSON.stringify({ title: movie.title, year: movie.year, genres, ratio: movie.ratio })
  item.dataset.id = id
  item.dataset.movie = movie.id
  item.toggleAttribute('data-long', isLongHeadline(title))
  part<HTMLAnchorElement>(item, 'h2 a').href = `/reviews/${slug}`
  write(item, 'h2 a', title)
  write(item, '.movie bdi', movie.title)
  write(item, '.movie span', String(movie.year ?? ''))
  write(item, '.sum', summary)
  for (const mark of item.querySelectorAll('.mark, .card.light')) mark.innerHTML = markLight(rating)
  part(item, '.rating > span').childNodes[1]!.textContent = figure(rating)
  write(item, '.by bdi', critic.name)
  part<HTMLTimeElement>(item, 'time').dateTime = publishedAt
  write(item, '.spoilers', spoiler ? `. ${SPOILERS}` : '')
  item.dataset.film = film
}

/** Gives an item the class and the title cards of its place. If its film's card hangs already, it shows its rating instead. */
export function place(item: HTMLLIElement, to: Place, repeats: boolean) {
  const shown = `${to} ${repeats} ${item.dataset.film}`
  if (item.dataset.shown === shown) return
  item.dataset.shown = shown
  item.classList.remove('lead', 'second', 'row')
  item.classList.add(to)
  item.querySelector('.screen')?.remove()
  if (!PLACEMENTS[to].length) return
  const screen = document.createElement('div')
  screen.className = 'screen'
  screen.innerHTML = repeats ? lightOf(item) : cardsOf(item, to)
  item.prepend(screen)
}

const lightOf = (item: Element) =>
  `<svg class="card light" viewBox="0 0 50 20" aria-hidden="true" focusable="false">${part(item, '.mark').innerHTML}</svg>`

function cardsOf(item: HTMLLIElement, to: Place): string {
  const film: Film = JSON.parse(item.dataset.film!)
  const fresh = isFresh(part<HTMLTimeElement>(item, 'time').dateTime, Date.now())
  return PLACEMENTS[to]
    .map(({ format = '', ...options }) => {
      const drawing = titleCard(film, options)
      return `<svg class="card ${format}" viewBox="0 0 ${drawing.width} ${drawing.height}" role="img" aria-label="${escapeHtml(drawing.label)}" focusable="false">${cardLight(drawing, fresh)}</svg>`
    })
    .join('')
}
