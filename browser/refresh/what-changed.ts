/** What the reader of a review is told after it changed: a correction, or that it was withdrawn. A fixed typo is not announced. */

/** Reads the page as it is now; the function that it returns says what has changed since. */
export function rememberPage(main: Element): () => string {
  const before = { notes: new Set(notesOf(main)), gone: isGone(main) }
  return () => {
    if (isGone(main) !== before.gone)
      return before.gone ? 'This review is public again.' : 'This review was withdrawn.'
    const added = notesOf(main).filter(note => !before.notes.has(note))
    return added.length ? `Corrected: ${added.join(' ')}` : ''
  }
}

const isGone = (main: Element) => Boolean(main.querySelector('.state-page[data-review]'))

/** The words of the correction notes, without their dates. */
const notesOf = (main: Element) =>
  [...main.querySelectorAll('.correction')].map(note => {
    const words = note.cloneNode(true) as Element
    words.querySelector('b')?.remove()
    return words.textContent.replace(/\s+/g, ' ').trim()
  })
