/** The open front page: the list that the server rendered is updated to what it would render now. */
import { beforeEach, expect, it, vi } from 'vitest'
import { show as showNews } from '../../browser/front-page'
import LatestReviews from '../../components/LatestReviews.vue'
import type { Card } from '../../shared/types/review'
import { show } from '../components/support/show'
import { sampleReview } from '../support/sample-review'

const NOW = Date.parse('2026-11-14T12:00:00.000Z')
const at = (minutesAgo: number) => new Date(NOW - minutesAgo * 60_000).toISOString()
const card = (id: string, minutesAgo: number, given: Partial<Card> = {}): Card => ({
  ...sampleReview(),
  genres: ['Thriller'],
  id,
  slug: id,
  title: `On ${id}`,
  publishedAt: at(minutesAgo),
  ...given,
})

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(NOW)
  vi.stubGlobal('scrollY', 0)
})

async function open(most = 4) {
  const items = [card('a', 10), card('b', 20), card('c', 30), card('d', 40)]
  await show(LatestReviews, { items, labelledby: 'latest', lead: true, prints: 2 })
  const main = document.querySelector('main')!
  main.dataset.latest = String(most)
  main.insertAdjacentHTML(
    'beforeend',
    `<p role="status"></p><p class="more"><a href="/reviews">All 1,204 reviews</a></p>
     <p class="live"></p><div class="news" hidden><a></a><span class="film"></span></div>`,
  )
}
const items = () => [...document.querySelectorAll<HTMLElement>('.latest > li')]
const ids = () => items().map(item => item.dataset.id)
const text = (selector: string) => document.querySelector(selector)!.textContent!

it('puts a new review first, announces it, and drops the oldest', async () => {
  await open()
  showNews('review.published', card('new', 0))
  expect(ids()).toEqual(['new', 'a', 'b', 'c'])
  expect(items()[0]!.classList.contains('lead')).toBe(true)
  expect(items()[1]!.classList.contains('lead')).toBe(false)
  expect(items()[0]!.querySelector('h2 a')!.getAttribute('href')).toBe('/reviews/new')
  expect(text('[role=status]')).toContain('On new')
  expect(text('.more a')).toBe('All 1,205 reviews')
})

it('puts a restored review at its date, without an announcement', async () => {
  await open(5)
  showNews('review.restored', card('old', 25))
  expect(ids()).toEqual(['a', 'b', 'old', 'c', 'd'])
  expect(text('[role=status]')).toBe('')
})

it('leaves out a review older than the page shows, but counts it', async () => {
  await open()
  showNews('review.restored', card('older', 90))
  expect(ids()).toEqual(['a', 'b', 'c', 'd'])
  expect(text('.more a')).toBe('All 1,205 reviews')
})

it('updates a review in place, and keeps the focus on its link', async () => {
  await open()
  const link = items()[1]!.querySelector('a')!
  link.focus()
  showNews('review.corrected', card('b', 20, { title: 'On b, corrected', rating: 2.5 }))
  expect(ids()).toEqual(['a', 'b', 'c', 'd'])
  expect(link.textContent).toBe('On b, corrected')
  expect(items()[1]!.querySelector('.rating')!.textContent).toContain('2½')
  expect(document.activeElement).toBe(link)
  expect(text('.more a')).toBe('All 1,204 reviews')
})

it('says which reviews contain spoilers, also after a change', async () => {
  await open()
  showNews('review.published', card('new', 0, { spoiler: true }))
  showNews('review.corrected', card('b', 20, { spoiler: true }))
  const warned = () =>
    items()
      .filter(item => item.querySelector('.by')!.textContent!.endsWith('. Contains spoilers'))
      .map(item => item.dataset.id)
  expect(warned()).toEqual(['new', 'b'])
  showNews('review.fixed', card('b', 20))
  expect(warned()).toEqual(['new'])
})

it('moves the focus from an archived review to its neighbour', async () => {
  await open()
  items()[3]!.querySelector('a')!.focus()
  showNews('review.archived', card('d', 40))
  expect(document.activeElement).toBe(items()[2]!.querySelector('a'))
})

it('removes an archived review, and the next one takes its place', async () => {
  await open()
  showNews('review.archived', card('a', 10))
  expect(ids()).toEqual(['b', 'c', 'd'])
  expect(items()[0]!.classList.contains('lead')).toBe(true)
  expect(text('.more a')).toBe('All 1,203 reviews')
})

it('notifies readers further down, until they are back at the top', async () => {
  await open()
  vi.stubGlobal('scrollY', 2000)
  showNews('review.published', card('new', 0))
  const news = document.querySelector<HTMLElement>('.news')!
  expect([news.hidden, news.querySelector('a')!.textContent]).toEqual([false, 'On new'])
  vi.stubGlobal('scrollY', 0)
  dispatchEvent(new Event('scroll'))
  expect(news.hidden).toBe(true)
})

it('writes a title as text, whatever is in it', async () => {
  await open()
  const title = '<img src=x onerror=alert(1)>'
  showNews('review.published', card('new', 0, { title, movie: { id: 'x', title, year: 2026 } }))
  expect(document.querySelector('img')).toBeNull()
  expect(items()[0]!.querySelector('h2')!.textContent).toBe(title)
})
