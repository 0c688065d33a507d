/**
 * Finds half characters (lone surrogates, which JSON can write as "\ud800"): they have no UTF-8, so
 * stored or signed the text would differ from what was sent.
 */
import type { FieldProblem } from './problem'

interface Place {
  value: unknown
  key: string
  above?: Place
}

/**
 * One entry per broken text, and one at the object per broken field name. A loop, not recursion,
 * because a body can be 100,000 lists deep.
 */
export function brokenTexts(sent: unknown): FieldProblem[] {
  const places: Place[] = [{ value: sent, key: '' }]
  const broken: Place[] = []
  for (const place of places) {
    const { value, key } = place
    if (!key.isWellFormed()) broken.push(place.above!)
    if (typeof value === 'string' && !value.isWellFormed()) broken.push(place)
    if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value))
        places.push({ value: part, key: name, above: place })
  }
  return broken.map(place => ({
    path: pathTo(place),
    message: 'must not contain half a character (a lone surrogate)',
  }))
}

function pathTo(place: Place): string {
  const keys: string[] = []
  for (let at: Place = place; at.above; at = at.above) keys.unshift(at.key.toWellFormed())
  return keys.join('.')
}
