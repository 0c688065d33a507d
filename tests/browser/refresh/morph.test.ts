/** What a reader was doing on a page survives its new version. */
import { beforeEach, expect, it } from 'vitest'
import { morph } from '../../../browser/refresh/morph'

let main: Element
beforeEach(() => {
  document.body.innerHTML = '<main></main>'
  main = document.querySelector('main')!
})

/** Shows `old`, keeps the nodes that `pick` names, changes to `fresh`. */
function change(old: string, fresh: string, pick = 'p') {
  main.innerHTML = old
  const kept = [...main.querySelectorAll(pick)]
  const next = document.createElement('main')
  next.innerHTML = fresh
  morph(main, next)
  expect(main.innerHTML).toBe(fresh)
  return kept
}

it.each([
  ['a note above', '<p>One.</p><p>Two.</p>', '<aside>Note.</aside><p>One.</p><p>Two.</p>'],
  ['a new paragraph between', '<p>One.</p><p>Two.</p>', '<p>One.</p><p>New.</p><p>Two.</p>'],
  ['one paragraph less before', '<h2>A</h2><p>Two.</p>', '<p>Two.</p>'],
  ['another order of the others', '<i>a</i><b>b</b><p>Two.</p>', '<b>b</b><i>a</i><p>Two.</p>'],
])('keeps each paragraph that stays the same: %s', (_, old, fresh) => {
  for (const paragraph of change(old, fresh)) expect(paragraph.isConnected).toBe(true)
})

it('knows a changed paragraph again beside a new one', () => {
  const [changed] = change(
    '<p>The zither is by Carol Reed.</p>',
    '<p>A new beginning.</p><p>The zither is by Anton Karas.</p>',
  )
  expect(changed!.textContent).toBe('The zither is by Anton Karas.')
})

it('leaves what a script filled and what the reader unfolded', () => {
  const [details, kept] = change(
    '<p>a</p><details><summary>Ending</summary></details><div data-keep="x"></div>',
    '<p>b</p><details><summary>The ending</summary></details><div data-keep="x"></div>',
    'details, div',
  )
  details!.setAttribute('open', '')
  kept!.textContent = 'filled'
  const next = document.createElement('main')
  next.innerHTML = '<details><summary>Ending</summary></details><div data-keep="x"></div>'
  morph(main, next)
  expect(main.innerHTML).toBe(
    '<details open=""><summary>Ending</summary></details><div data-keep="x">filled</div>',
  )
})
