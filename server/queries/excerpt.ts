/** The place in a text where the words of a search occur, cut into pieces that match and that do not. */
import { foldForSearch, isRun, type Term } from '../../shared/search/tokens'
import type { Excerpt } from '../../shared/types/reading'

const BEFORE = 60
const LONGEST = 220

/** Undefined where none of the words occurs. */
export function excerptOf(text: string, terms: Term[]): Excerpt | undefined {
  const places: Place[] = []
  for (const found of text.matchAll(NAME)) {
    if (places[0] && found.index > places[0].start + LONGEST) break
    places.push(...placesIn(found[0], terms).map(place => shifted(place, found.index)))
  }
  const first = places[0]
  if (!first) return undefined
  const start = wordStart(text, first.start - BEFORE)
  const end = wordEnd(text, start + LONGEST)
  return pieces(text, start, end, places)
}

interface Place {
  start: number
  end: number
}
const shifted = ({ start, end }: Place, by: number) => ({ start: start + by, end: end + by })

const LETTERS = '[\\p{L}\\p{M}\\p{N}\\p{Cf}]+'
/** A word, or one with signs inside: `Ocean’s`, `Spider-Man`. */
const NAME = new RegExp(`${LETTERS}(?:['’ʼ.*·・-]${LETTERS})*`, 'gu')
const WORD = new RegExp(LETTERS, 'gu')

/** Whole words; a typed word may be the beginning of one. */
function placesIn(name: string, terms: Term[]): Place[] {
  const whole = foldForSearch(name).replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '')
  const asked = terms.flatMap(({ parts, variants }) => [...parts, ...variants])
  const words = asked.filter(part => !isRun(part))
  if (terms.some(term => [...term.variants, term.parts.join('')].includes(whole)))
    return [{ start: 0, end: name.length }]
  return [...name.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const folded = foldForSearch(word)
    if (words.some(part => folded.startsWith(part)))
      return [{ start: index, end: index + word.length }]
    return asked
      .filter(part => isRun(part))
      .flatMap(run => placesOfRun(word, run))
      .map(place => shifted(place, index))
  })
}

/** A run is found inside a word; its letters are folded one by one, so that each knows where it was. */
function placesOfRun(word: string, run: string): Place[] {
  const letters = [...new Intl.Segmenter().segment(word)].flatMap(({ segment, index }) =>
    [...foldForSearch(segment)].map(letter => ({
      letter,
      start: index,
      end: index + segment.length,
    })),
  )
  const asked = [...run]
  const at = letters.findIndex((_, i) =>
    asked.every((letter, j) => letters[i + j]?.letter === letter),
  )
  return at < 0 ? [] : [{ start: letters[at]!.start, end: letters[at + asked.length - 1]!.end }]
}

const wordStart = (text: string, from: number) =>
  from <= 0 ? 0 : from + (/^\S{0,20}\s/u.exec(text.slice(from))?.[0].length ?? 0)
const wordEnd = (text: string, to: number) =>
  to >= text.length ? text.length : to + (/^\S{0,20}(?=\s)/u.exec(text.slice(to))?.[0].length ?? 0)

function pieces(text: string, start: number, end: number, places: Place[]): Excerpt {
  const excerpt: Excerpt = start > 0 ? [{ text: '… ' }] : []
  let at = start
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    if (place.start < at || place.end > end) continue
    if (place.start > at) excerpt.push({ text: text.slice(at, place.start) })
    excerpt.push({ text: text.slice(place.start, place.end), matches: true })
    at = place.end
  }
  if (at < end) excerpt.push({ text: text.slice(at, end) })
  return end < text.length ? [...excerpt, { text: ' …' }] : excerpt
}
