/**
 * How deep and how wide a document is, and whether its fragments go in circles: measured before it is
 * validated, in time that grows with its text and not with what its fragments unfold to.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

export interface Size {
  /** Fields below each other. */
  depth: number
  /** Fields in all, aliases included, with each fragment counted wherever it is spread. */
  fields: number
  /** A fragment that spreads itself, directly or through others. */
  circle?: string
}

/** The largest depth and number of any operation. */
export function sizeOf({ definitions }: DocumentNode): Size {
  const fragments = new Map<string, FragmentDefinitionNode>()
  const operations: OperationDefinitionNode[] = []
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition)
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition)
  }
  const measured = new Map<string, Size>()
  const open = new Set<string>()
  const sizes = [
    ...operations.map(operation => ofSelection(operation.selectionSet)),
    ...[...fragments.keys()].map(ofFragment),
  ]
  return largest(sizes)

  function ofSelection({ selections }: SelectionSetNode): Size {
    const size: Size = { depth: 0, fields: 0 }
    for (const selection of selections) {
      let inner: Size = { depth: 0, fields: 0 }
      if (selection.kind === Kind.FRAGMENT_SPREAD) inner = ofFragment(selection.name.value)
      else if (selection.selectionSet) inner = ofSelection(selection.selectionSet)
      const own = selection.kind === Kind.FIELD ? 1 : 0
      size.depth = Math.max(size.depth, inner.depth + own)
      size.fields += inner.fields + own
      size.circle ??= inner.circle
    }
    return size
  }

  function ofFragment(name: string): Size {
    const known = measured.get(name)
    if (known) return known
    if (open.has(name)) return { depth: 0, fields: 0, circle: name }
    const fragment = fragments.get(name)
    if (!fragment) return { depth: 0, fields: 0 }
    open.add(name)
    const size = ofSelection(fragment.selectionSet)
    open.delete(name)
    measured.set(name, size)
    return size
  }
}

const largest = (sizes: Size[]): Size => ({
  depth: Math.max(0, ...sizes.map(size => size.depth)),
  fields: Math.max(0, ...sizes.map(size => size.fields)),
  circle: sizes.find(size => size.circle)?.circle,
})
