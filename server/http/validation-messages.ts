/**
 * Plain words for what a schema found wrong, as the rest of a sentence that starts with the field's
 * name. A message in the schema itself takes precedence.
 */
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
/** The unit of a value's size; numbers have none. */
const UNITS: Record<string, string> = { string: 'characters', array: 'entries', set: 'entries' }

export function inPlainWords(issue: Raw): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'in the expected form'}`
    case 'invalid_value':
      if (issue.input === undefined) return 'is missing'
      return issue.values.length === 1
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
  const unit = UNITS[origin]
  if (unit) return `must have ${bound} ${limit} ${unit}`
  return exclusive
    ? `must be ${bound === 'at least' ? 'more' : 'less'} than ${limit}`
    : `must be ${bound} ${limit}`
}

/**
 * One entry per field: every unknown key is named, and for a union the branch that came closest is
 * reported.
 */
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
