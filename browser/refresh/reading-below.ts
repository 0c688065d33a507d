/** Tells whether the reader is further down the page, and when they are back at the top. */
const TOP = 400

export const isReadingBelow = () => scrollY > TOP

/** Calls `back` once, when the reader is back at the top. */
export function whenBackAtTop(back: () => void) {
  const look = () => {
    if (isReadingBelow()) return
    back()
    removeEventListener('scroll', look)
  }
  addEventListener('scroll', look, { passive: true })
}
