/** Keeps what the reader selected, else what is at the top of the window, in place while the page changes above it. Done by hand, because not every browser does scroll anchoring; switched off in those that do. */
export function holdView(change: () => void) {
  const root = document.documentElement
  const held = scrollY > 0 ? inView() : []
  const before = new Map(held.map(element => [element, element.getBoundingClientRect().top]))
  root.style.overflowAnchor = 'none'
  change()
  const left = held.find(element => element.isConnected)
  if (left) scrollBy(0, left.getBoundingClientRect().top - before.get(left)!)
  requestAnimationFrame(() => {
    root.style.overflowAnchor = ''
  })
}

/** What is selected first, then from the top of the window down: if the first disappears, the next one is held. */
function inView(): Element[] {
  const selected = getSelection()?.anchorNode
  return [...document.querySelectorAll('main :is(li, p, h1, h2, pre)')]
    .filter(element => {
      const { top } = element.getBoundingClientRect()
      return top > 0 && top < innerHeight
    })
    .sort((one, other) => holds(other, selected) - holds(one, selected))
}

const holds = (element: Element, node: Node | null | undefined) =>
  Number(Boolean(node && element.contains(node)))
