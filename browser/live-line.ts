/** The line above the list: whether the page is live, and when the last review came in. */
import { lastCameIn, time } from '../shared/date-words'

const asOf = new Date().toISOString()

export function line(state: 'open' | 'lost' | 'offline') {
  const shown = document.querySelector('.live')
  const newest = document.querySelector('.latest time')?.getAttribute('datetime')
  if (!shown) return
  const [bold, rest] = {
    open: ['Live.', newest ? lastCameIn(newest, { now: Date.now() }) : ''],
    lost: ['Not live.', 'Trying again.'],
    offline: [
      'You are offline.',
      `These are the reviews as of ${time(asOf)}. New ones will appear by themselves.`,
    ],
  }[state]
  const b = document.createElement('b')
  b.textContent = bold!
  shown.replaceChildren(b, ` ${rest}`)
}
