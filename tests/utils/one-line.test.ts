// @vitest-environment happy-dom
/** Fields of one line: Enter moves on, and line breaks that come in become spaces. */
import { beforeEach, expect, it } from 'vitest'
import { ONE_LINE } from '../../utils/one-line'

beforeEach(() => {
  document.body.innerHTML =
    '<main><textarea id="title"></textarea><input id="gone" disabled><input id="movie"></main>'
})
const field = () => document.querySelector<HTMLTextAreaElement>('#title')!

function press(init: KeyboardEventInit) {
  const event = new KeyboardEvent('keydown', { cancelable: true, ...init })
  field().addEventListener('keydown', ONE_LINE.keydown, { once: true })
  field().focus()
  field().dispatchEvent(event)
  return [event.defaultPrevented, document.activeElement!.id]
}

function paste(text: string) {
  const event = new Event('paste', { cancelable: true })
  Object.assign(event, { clipboardData: { getData: () => text } })
  field().addEventListener('paste', event => ONE_LINE.paste(event as ClipboardEvent), {
    once: true,
  })
  field().dispatchEvent(event)
  return event.defaultPrevented
}

it('goes to the next field on Enter, but not while a word is composed', () => {
  expect(press({ key: 'Enter' })).toEqual([true, 'movie'])
  expect(press({ key: 'Enter', isComposing: true })).toEqual([false, 'title'])
  expect(press({ key: 'a' })).toEqual([false, 'title'])
})

it.each([
  ['Half a year\nto live', 'Half a year to live'],
  ['Half a year\r\n  to live\r\n', 'Half a year to live'],
  ['Half\u2028a\vyear', 'Half a year'],
])('puts a space where %j breaks', (pasted, line) => {
  expect(paste(pasted)).toBe(true)
  expect(field().value).toBe(line)
})

it('leaves any other paste to the browser', () => {
  expect(paste(' to live ')).toBe(false)
})
