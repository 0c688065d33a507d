/** Says a schema's complaint in plain words that go on after the name of the field. A message written in the schema itself wins. */
import type { z } from 'zod'
import type { FieldProblem } from './problem'

type Raw = z.core.$ZodRawIssue

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
}
const FORMATS: Record<string, string> = {
  email: 'an email address',
  url: 'a URL',
  uuid: 'a UUID',
  datetime: 'a time such as 2026-11-23T18:00:00Z',
  date: 'a date such as 2026-11-23',
}

export function inPlainWords(issue: Raw): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'in the expected form'}`
    case 'invalid_value':
      return issue.input === undefined
        ? 'is missing'
        : issue.values.length === 1
          ? `must be ${String(issue.values[0])}`
          : `must be one of ${issue.values.map(String).join(', ')}`
    case 'not_multiple_of':
      return `must be in steps of ${issue.divisor}`
    case 'too_small':
      return size(issue.origin, 'at least', Number(issue.minimum), issue.inclusive === false)
    case 'too_big':
      return size(issue.origin, 'at most', Number(issue.maximum), issue.inclusive === false)
    case 'unrecognized_keys':
      return 'is not known here'
    case 'invalid_union':
      return issue.input === undefined ? 'is missing' : 'does not fit'
    default:
      return issue.message ?? 'does not fit'
  }
}

function size(
  origin: string,
  bound: 'at least' | 'at most',
  limit: number,
  exclusive: boolean,
): string {
  if (bound === 'at least' && limit === 1 && origin !== 'number' && origin !== 'int')
    return 'must not be empty'
  const unit =
    origin === 'string' ? ' characters' : origin === 'array' || origin === 'set' ? ' entries' : ''
  if (unit) return `must have ${bound} ${limit}${unit}`
  return exclusive
    ? `must be ${bound === 'at least' ? 'more' : 'less'} than ${limit}`
    : `must be ${bound} ${limit}`
}

/** One entry per field: unknown keys are named one by one, of a union the branch that came closest speaks. */
export function pathsOf(
  issues: readonly z.core.$ZodIssue[],
  above: PropertyKey[] = [],
): FieldProblem[] {
  return issues.flatMap((issue): FieldProblem[] => {
    const path = [...above, ...issue.path]
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map(key => ({ path: [...path, key].join('.'), message: issue.message }))
    if (issue.code === 'invalid_union' && issue.errors.length) {
      const closest = issue.errors
        .map(branch => pathsOf(branch, path))
        .sort((a, b) => a.length - b.length || depth(b) - depth(a))[0]
      if (closest?.length && depth(closest) > path.length) return closest
    }
    return [{ path: path.map(String).join('.'), message: issue.message }]
  })
}

const depth = (problems: FieldProblem[]) => Math.max(...problems.map(p => p.path.split('.').length))

interface Place {
  value: unknown
  key: string
  above?: Place
}

/** Half a character (a lone surrogate, which JSON can say as "\ud800") has no UTF-8: kept or signed it would be another text than was sent. One entry per text, or per field with such a name; a loop and no recursion, because a body can be 100,000 lists deep. */
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
    message: 'must not hold half a character (a lone surrogate)',
  }))
}

function pathTo(place: Place): string {
  const keys: string[] = []
  for (let at: Place = place; at.above; at = at.above) keys.unshift(at.key.toWellFormed())
  return keys.join('.')
}
