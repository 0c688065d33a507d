/** Picks the fields that were asked for, and always the id. */
import { problem } from '../http/problem'

/**
 * `fields` is a comma list of top-level names out of `known`; undefined asks for all. 422 for an
 * unknown name.
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

/** Keeps these top-level fields of an object, and always its id. */
export function onlyFields(names: readonly string[]) {
  const kept = new Set(['id', ...names])
  return <T extends object>(whole: T) =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => kept.has(name))) as Partial<T>
}

export const CARD_FIELDS = [
  'id',
  'slug',
  'url',
  'title',
  'movie',
  'rating',
  'summary',
  'critic',
  'genres',
  'spoiler',
  'publishedAt',
  'correctedAt',
] as const

export const REVIEW_FIELDS = [
  'id',
  'slug',
  'url',
  'title',
  'movie',
  'rating',
  'summary',
  'body',
  'tree',
  'language',
  'tags',
  'spoiler',
  'critic',
  'publishedAt',
  'fixedAt',
  'correctedAt',
  'corrections',
  'sample',
] as const
