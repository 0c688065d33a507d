/** Updates what changes with time alone in a list: the words for the date, in the reader's own zone, and the cue mark, which lasts an hour. */
import { isFresh, when } from '../shared/date-words'

export function tick() {
  const now = Date.now()
  for (const at of document.querySelectorAll<HTMLTimeElement>('.latest time')) {
    at.textContent = when(at.dateTime, { now })
    if (!isFresh(at.dateTime, now))
      at.closest('li')!
        .querySelectorAll('.cue')
        .forEach(cue => cue.remove())
  }
}
