/** Refreshing the page in place, without losing what is marked to be kept. */
import { beforeEach, expect, it, vi } from 'vitest'
import { refresh } from '../../browser/refresh'

let page: Response
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async () => page)
  document.documentElement.dataset.position = '12'
  document.title = 'Old'
  document.body.innerHTML = '<main><p>Old</p><div data-keep="asked"><input></div></main>'
})
const html = (main: string, status = 200) => {
  page = new Response(
    `<!doctype html><html data-position="20"><head><title>New</title></head><body>${main}</body></html>`,
    { status },
  )
}
async function refreshed() {
  const done = refresh()
  await vi.advanceTimersByTimeAsync(2000)
  await done
}

it('shows the new page, its title and its position, and carries over what is marked', async () => {
  const kept = document.querySelector('input')!
  kept.value = 'typed'
  html('<main><p>New</p><div data-keep="asked"></div></main>')
  await refreshed()
  expect(document.querySelector('main p')!.textContent).toBe('New')
  expect(document.querySelector('input')).toBe(kept)
  expect([document.title, document.documentElement.dataset.position]).toEqual(['New', '20'])
})

it.each([
  ['an error of the server', '<main><p>Trouble</p></main>', 503],
  ['something that is no page of ours', '<p>A login of the hotel</p>', 200],
])('keeps the page at %s', async (_, main, status) => {
  html(main, status)
  await refreshed()
  expect(document.querySelector('main p')!.textContent).toBe('Old')
  expect([document.title, document.documentElement.dataset.position]).toEqual(['Old', '12'])
})

it('tries again until the server answers', async () => {
  html('<main><p>Trouble</p></main>', 503)
  await refreshed()
  html('<main><p>New</p></main>')
  await vi.advanceTimersByTimeAsync(12_000)
  expect(document.querySelector('main p')!.textContent).toBe('New')
})

it('shows that a review is gone', async () => {
  html('<main><p>Withdrawn</p></main>', 410)
  await refreshed()
  expect(document.querySelector('main p')!.textContent).toBe('Withdrawn')
})
