/** Turns a part of the page into its new version node by node: whatever stays the same keeps its focus, its selection and its state. */
import { diffIndices } from 'node-diff3'
import { closestPairs } from './closest-pairs'
import { replaceText } from './replace-text'

export function morph(old: Element, fresh: Element) {
  copyAttributes(old, fresh)
  const was = [...old.childNodes]
  const is = [...fresh.childNodes]
  for (const { buffer1, buffer2 } of diffIndices(was.map(keyOf), is.map(keyOf))) {
    const [from, removed] = buffer1
    const [start, added] = buffer2
    const next = was[from + removed] ?? null
    morphRun(was.slice(from, from + removed), is.slice(start, start + added), node =>
      old.insertBefore(node, next),
    )
  }
}

/** Changes one run of siblings into another; `append` puts a node at the end of the run. */
function morphRun(was: ChildNode[], is: ChildNode[], append: (node: ChildNode) => void) {
  const pairs = closestPairs(was, is)
  const staying = new Set(pairs.values())
  for (const node of was) if (!staying.has(node)) node.remove()
  let rest = was.filter(node => staying.has(node))
  for (const fresh of is) {
    const old = pairs.get(fresh)
    if (old) {
      rest = rest.slice(1)
      morphNode(old, fresh)
    } else if (rest[0]) rest[0].before(fresh)
    else append(fresh)
  }
}

function morphNode(old: ChildNode, fresh: ChildNode) {
  if (old instanceof Element && fresh instanceof Element) morph(old, fresh)
  else if (old instanceof CharacterData) replaceText(old, fresh.textContent ?? '')
}

/** What the reader opened or a script filled stays as it is. */
function keyOf(node: ChildNode): string {
  if (!(node instanceof Element)) return `${node.nodeType} ${node.textContent}`
  const kept = node.getAttribute('data-keep')
  return kept ? `keep ${kept}` : node.outerHTML
}

function copyAttributes(old: Element, fresh: Element) {
  for (const name of old.getAttributeNames())
    if (!fresh.hasAttribute(name) && !isReaders(old, name)) old.removeAttribute(name)
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name)!
    if (old.getAttribute(name) !== value && !isReaders(old, name)) old.setAttribute(name, value)
  }
}

/** A passage that the reader unfolded is not folded again. */
const isReaders = (element: Element, name: string) =>
  element.nodeName === 'DETAILS' && name === 'open'
