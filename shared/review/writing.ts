/** A review as the fields of the writing page hold it: no field is absent, only empty. */
import { canonical } from '../canonical'
import type { DraftContent, Movie } from '../types/review'

export interface Writing {
  title: string
  movie: Movie | null
  rating: number | null
  summary: string
  body: string
  tags: string[]
  spoiler: boolean
}
export type Field = keyof Writing

export const FIELDS: readonly Field[] = [
  'title',
  'movie',
  'tags',
  'summary',
  'body',
  'spoiler',
  'rating',
]

export const writingOf = ({
  title = '',
  movie,
  rating,
  summary = '',
  body = '',
  tags = [],
  spoiler = false,
}: DraftContent): Writing => ({
  title,
  movie: movie ?? null,
  rating: rating ?? null,
  summary,
  body,
  tags,
  spoiler,
})

/** A plain copy, also of a page's reactive text. */
export const copyOf = (writing: Writing): Writing => JSON.parse(JSON.stringify(writing))

/** As the server stores it: it trims short texts. */
const asKept = (writing: Writing): Writing => ({
  ...writing,
  title: writing.title.trim(),
  summary: writing.summary.trim(),
})

export const sameField = (field: Field, one: Writing, other: Writing) =>
  canonical(asKept(one)[field]) === canonical(asKept(other)[field])
export const sameWriting = (one: Writing, other: Writing) =>
  FIELDS.every(field => sameField(field, one, other))

/** The fields in which `mine` differs from `base`, as `mine` has them. */
export function changesBetween(base: Writing, mine: Writing): Partial<Writing> {
  return Object.fromEntries(
    FIELDS.filter(field => !sameField(field, base, mine)).map(field => [
      field,
      asKept(mine)[field],
    ]),
  )
}
