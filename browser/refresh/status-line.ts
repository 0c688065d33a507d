/** The line that says what happened to the review on this page: read aloud by screen readers, at the top of the window for readers further down. */
const READING_BELOW = 400

export function showStatus(words: string) {
  const status = document.querySelector('main > [role=status]')
  if (!status) return
  const line = document.createElement('p')
  line.className = 'line'
  line.textContent = words
  status.replaceChildren(line)
  if (scrollY > READING_BELOW) followReader(line)
}

/** Until the reader is back at the top. */
function followReader(line: HTMLElement) {
  line.classList.add('news')
  const back = () => {
    if (scrollY > READING_BELOW) return
    line.classList.remove('news')
    removeEventListener('scroll', back)
  }
  addEventListener('scroll', back, { passive: true })
}
