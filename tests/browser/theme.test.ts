/** The choice of theme applies from the first paint on, and is kept. */
import { beforeEach, expect, it, vi } from 'vitest'

const root = document.documentElement
beforeEach(() => {
  vi.resetModules()
  delete root.dataset.theme
  document.head.innerHTML = `<meta name="theme-color" content="silver" media="(prefers-color-scheme: light)">
    <meta name="theme-color" content="black" media="(prefers-color-scheme: dark)">`
  document.body.innerHTML = `<fieldset data-theme-choice hidden>
    <input type="radio" name="theme" value="light"><input type="radio" name="theme" value="dark">
    <input type="radio" name="theme" value="system" checked></fieldset>`
})
async function open() {
  await import('../../browser/theme')
  document.dispatchEvent(new Event('DOMContentLoaded'))
}
function choose(value: string) {
  const input = document.querySelector<HTMLInputElement>(`[value=${value}]`)!
  input.checked = true
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

it('applies the stored theme, and marks its choice', async () => {
  localStorage.theme = 'dark'
  await open()
  expect(root.dataset.theme).toBe('dark')
  expect(document.querySelector<HTMLInputElement>(':checked')!.value).toBe('dark')
  expect(document.querySelector('fieldset')!.hidden).toBe(false)
})

it('stores a choice, and goes back to the system theme', async () => {
  await open()
  choose('light')
  expect([root.dataset.theme, localStorage.theme]).toEqual(['light', 'light'])
  choose('system')
  expect([root.dataset.theme, localStorage.theme]).toEqual([undefined, undefined])
})

const media = () => [...document.querySelectorAll('meta')].map(meta => meta.getAttribute('media'))

it('gives the browser’s own bars the colour of the theme', async () => {
  localStorage.theme = 'dark'
  await open()
  expect(media()).toEqual(['not all', 'all'])
  choose('light')
  expect(media()).toEqual(['all', 'not all'])
  choose('system')
  expect(media()).toEqual(['(prefers-color-scheme: light)', '(prefers-color-scheme: dark)'])
})

it('ignores an unknown theme, and works without storage', async () => {
  localStorage.theme = 'purple'
  await open()
  expect(root.dataset.theme).toBeUndefined()
  vi.resetModules()
  vi.stubGlobal('localStorage', undefined)
  await open()
  choose('dark')
  expect(root.dataset.theme).toBe('dark')
})
