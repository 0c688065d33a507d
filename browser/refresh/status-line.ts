/** The line that says what happened to the review on this page: read aloud by screen readers, at the top of the window for readers further down. */
import { isReadingBelow, whenBackAtTop } from './reading-below'

export function showStatus(words: string) {
  const status = document.querySelector('main > [role=status]')
  if (!status) return
  const line = document.createElement('p')
  line.className = 'line'
  line.textContent = words
  status.replaceChildren(line)
  if (!isReadingBelow()) return
  line.classList.add('news')
  whenBackAtTop(() => line.classList.remove('news'))
}
