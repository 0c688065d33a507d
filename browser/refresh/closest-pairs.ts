/** Finds which new node is the later version of which old one, in two runs of siblings: of the same kind, and as alike as possible. */

/** The old node of each new one that has one. Both keep their order. */
export function closestPairs(was: ChildNode[], is: ChildNode[]): Map<ChildNode, ChildNode> {
  const pairs = new Map<ChildNode, ChildNode>()
  pair(was, is, pairs)
  return pairs
}

function pair(was: ChildNode[], is: ChildNode[], pairs: Map<ChildNode, ChildNode>) {
  let best = { likeness: -1, old: 0, fresh: 0 }
  was.forEach((one, old) => {
    is.forEach((other, fresh) => {
      const likeness = likenessOf(one, other)
      if (likeness > best.likeness) best = { likeness, old, fresh }
    })
  })
  if (best.likeness < 0) return
  const { old, fresh } = best
  pairs.set(is[fresh]!, was[old]!)
  pair(was.slice(0, old), is.slice(0, fresh), pairs)
  pair(was.slice(old + 1), is.slice(fresh + 1), pairs)
}

/** -1 if one cannot become the other. */
function likenessOf(one: ChildNode, other: ChildNode): number {
  if (kindOf(one) !== kindOf(other)) return -1
  const { start, end } = commonEnds(one.textContent ?? '', other.textContent ?? '')
  return start + end
}

/** An element with another class is another thing, like the text of a review and the notice that it was withdrawn. */
const kindOf = (node: ChildNode) =>
  node instanceof Element ? `${node.nodeName} ${node.className}` : node.nodeName

/** How many characters two texts share at their start, and at their end. */
export function commonEnds(one: string, other: string): { start: number; end: number } {
  const most = Math.min(one.length, other.length)
  let start = 0
  while (start < most && one[start] === other[start]) start++
  let end = 0
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++
  return { start, end }
}
