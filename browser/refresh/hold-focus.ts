/** If what had the focus disappears in a change, moves the focus to what is left around it: keyboard users go on from there, not from the top of the page. */
export function holdFocus(main: Element, change: () => void) {
  const focused = document.activeElement
  const around = focused && main.contains(focused) ? ancestorsOf(focused) : []
  change()
  if (!focused || focused.isConnected || !around.length) return
  const left = around.find(element => element.isConnected)!
  const target = left.querySelector<HTMLElement>('h1') ?? left
  target.tabIndex = -1
  target.focus({ preventScroll: true })
}

/** Innermost first. */
function ancestorsOf(element: Element): HTMLElement[] {
  const parent = element.parentElement
  return parent ? [parent, ...ancestorsOf(parent)] : []
}
