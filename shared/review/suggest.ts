/** Whether a change of a published review reads like a typo or like a correction. A suggestion: the critic decides. */
import { diffArrays } from 'diff'
import { editDistance } from '../edit-distance'
import { sameField, type Writing } from './writing'

export interface Suggestion {
  kind: 'fix' | 'correction'
  because: string
}

const correction = (because: string): Suggestion => ({ kind: 'correction', because })

/** Undefined when nothing changed. */
export function suggest(before: Writing, after: Writing): Suggestion | undefined {
  if (!sameField('rating', before, after)) return correction('The rating changed.')
  if (before.movie?.title !== after.movie?.title || before.movie?.year !== after.movie?.year)
    return correction('The film changed.')
  const changed = (['title', 'summary', 'body'] as const).filter(
    field => !sameField(field, before, after),
  )
  for (const field of changed) {
    const heavy = weigh(before[field], after[field])
    if (heavy) return heavy
  }
  if (changed.length) return { kind: 'fix', because: 'Only the spelling changed.' }
  const others = (['tags', 'spoiler', 'movie'] as const).some(
    field => !sameField(field, before, after),
  )
  return others ? { kind: 'fix', because: 'Not a word of the text changed.' } : undefined
}

interface Word {
  plain: string
  name: boolean
}

/** Undefined if only spelling, punctuation or capitals changed. */
function weigh(before: string, after: string): Suggestion | undefined {
  const old = wordsOf(before)
  const now = wordsOf(after)
  const hunks = diffArrays(
    old.map(word => word.plain),
    now.map(word => word.plain),
  )
  let o = 0
  let n = 0
  let gone: Word[] = []
  let come: Word[] = []
  let wordy = false
  for (const { removed, added, value } of hunks) {
    if (removed) {
      gone = old.slice(o, (o += value.length))
      continue
    }
    if (added) {
      come = now.slice(n, (n += value.length))
      continue
    }
    const heavy = weighWords(gone, come)
    if (heavy) return heavy
    wordy ||= !isSpelling(gone, come)
    gone = []
    come = []
    o += value.length
    n += value.length
  }
  return (
    weighWords(gone, come) ??
    (wordy || !isSpelling(gone, come)
      ? correction('Words were added, removed or replaced.')
      : undefined)
  )
}

function weighWords(gone: Word[], come: Word[]): Suggestion | undefined {
  const touched = [...gone, ...come]
  if (touched.some(({ plain }) => /\p{N}/u.test(plain) || NUMBERS.has(plain)))
    return correction('A number changed.')
  if (touched.some(({ plain }) => NEGATIONS.has(plain) || /n['’]t$/.test(plain)))
    return correction('A "not" came or went.')
  if (touched.some(({ name }) => name)) return correction('A name changed.')
}

const NUMBERS = new Set(
  'zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half first second third last'.split(
    ' ',
  ),
)
const NEGATIONS = new Set(
  'not no never none nobody nothing neither nor nowhere without hardly cannot'.split(' '),
)

/** The same number of words, each almost the same as before. */
const isSpelling = (gone: Word[], come: Word[]) =>
  gone.length === come.length
    ? gone.every((word, i) => isNear(word.plain, come[i]!.plain))
    : joined(gone) === joined(come)
const joined = (words: Word[]) => words.map(word => word.plain).join('')
const isNear = (one: string, other: string) =>
  editDistance(one, other) <= (Math.max(one.length, other.length) < 4 ? 1 : 2)

/** A name is a capitalised word inside a sentence, and the same word at the beginning of another. */
function wordsOf(text: string): Word[] {
  const found = [...text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)].map(
    ({ 0: word, index }) => ({ word, inside: isInside(text, index) }),
  )
  const names = new Set(
    found.filter(({ word, inside }) => inside && isCapital(word)).map(({ word }) => word),
  )
  return found.map(({ word }) => ({ plain: word.toLowerCase(), name: names.has(word) }))
}

/** Whether a word is inside a sentence rather than at its beginning; quotation marks and Markdown characters do not count. */
function isInside(text: string, at: number): boolean {
  let end = at
  while (end > 0 && /[\s"'“”‘’()*_>#-]/.test(text[end - 1]!)) end--
  return end > 0 && !/[.!?…:]/.test(text[end - 1]!) && !text.slice(end, at).includes('\n\n')
}

const isCapital = (word: string) => /^\p{Lu}/u.test(word) && !/^I(?:['’]|$)/.test(word)
