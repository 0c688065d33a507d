/** Picks the fields that were asked for, and always the id. */
import { problem } from '../http/problem'

/**
 * `fields` is a comma list of names out of `known`; undefined asks for all. 422 for an unknown name.
 */
export function fieldPicker(fields: string | undefined, known: readonly string[]) {
  if (!fields) return <T extends object>(whole: T): Partial<T> => whole
  const names = fields
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
  const unknownNames = names.filter(name => !known.includes(name))
  if (unknownNames.length)
    problem(
      422,
      'Some fields are not valid',
      `There is no field ${unknownNames.join(', ')}.`,
      unknownNames.map(name => ({
        path: 'fields',
        message: `has no ${name}; there are ${known.join(', ')}`,
      })),
    )
  return onlyFields(names)
}

/** Keeps these fields of an object (`title`, `movie.title`), and always its id. */
export function onlyFields(names: readonly string[]) {
  const tree = treeOf(['id', ...names])
  return <T extends object>(whole: T) => pruned(whole, tree) as Partial<T>
}

/** The fields to keep of each object inside; `true` keeps a field whole. */
interface FieldTree {
  [field: string]: FieldTree | true
}

/** `['movie.title', 'rating']` as `{ movie: { title: true }, rating: true }`. */
function treeOf(names: readonly string[]): FieldTree {
  const tree: FieldTree = {}
  for (const name of names) {
    const [field, inner] = name.split(/\.(.*)/s) as [string, string?]
    const known = tree[field]
    if (known === true) continue
    tree[field] = inner === undefined || { ...known, ...treeOf([inner]) }
  }
  return tree
}

function pruned(whole: object, tree: FieldTree): object {
  const kept = Object.entries(whole).filter(([field]) => Object.hasOwn(tree, field))
  return Object.fromEntries(
    kept.map(([field, value]) => {
      const inner = tree[field]!
      return [field, inner === true ? value : pruned(value as object, inner)]
    }),
  )
}
