/** Collects what was written about a review, on the log and on the desk, before it is erased. */
import type { Kysely } from 'kysely'
import { posterId } from '../../../shared/poster-id'
import type { AppTables } from '../../db/schema'
import type { Recorded } from '../../log/event-log'
import { partText } from '../../review/texts'

/** `posters` are ids of uploads; `phrases` are pieces of text that betray a leftover in a file. */
export interface Written {
  posters: string[]
  phrases: string[]
}

export async function writtenTexts(
  app: Kysely<AppTables>,
  reviewId: string,
  events: Recorded[],
): Promise<Written> {
  const copies = await app
    .selectFrom('working_copies')
    .select('fields')
    .where('review_id', '=', reviewId)
    .execute()
  const revisions = await app
    .selectFrom('revisions')
    .select('fields')
    .where('review_id', '=', reviewId)
    .execute()
  const fields = [...copies, ...revisions].map(row => JSON.parse(row.fields) as unknown)
  const texts = [...events.map(({ type, data }) => partText(type, data).text), ...fields]
  const strings = texts.flatMap(stringsIn)
  return {
    posters: [...new Set(strings.flatMap(uploadIn))],
    phrases: [...phrasesOf(strings), ...texts.flatMap(titlesIn)],
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** As alerts and emails to the desk quote it, even a title of one word. */
const titlesIn = (value: unknown): string[] =>
  Object.entries((value ?? {}) as object).flatMap(([name, inner]) => {
    if (name === 'title' && typeof inner === 'string' && inner) return [`“${inner}”`]
    return typeof inner === 'object' ? titlesIn(inner) : []
  })

const uploadIn = (text: string) => (text.startsWith('/uploads/') ? (posterId(text) ?? []) : [])

/** Shorter ones are in other texts too. */
const LEAST_LETTERS = 12
const MOST_PHRASES = 40

/** Cut where JSON writes a character in another way; the longest first. */
export function phrasesOf(strings: string[]): string[] {
  const pieces = strings
    .filter(text => !text.startsWith('/uploads/'))
    .flatMap(text => text.split(/["\\\p{Cc}]+/u))
    .map(piece => piece.trim())
  return [...new Set(pieces.filter(piece => piece.length >= LEAST_LETTERS))]
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_PHRASES)
}
