/**
 * How text becomes tokens of the search index: folded words, and pairs of letters in scripts that
 * write no spaces between words, so that a word is found inside a run.
 */
import { foldText } from '../fold-text'
import { UNSPACED } from '../unspaced-scripts'

/** What stands inside a name and is typed or left out: `Ocean’s`, `Spider-Man`, `M*A*S*H`, `WALL·E`. */
const JOINERS = "'.*·-"
const WORD = '[\\p{L}\\p{M}\\p{N}]+'
const TERM = new RegExp(`${WORD}(?:[${JOINERS}]${WORD})*`, 'gu')
/** Koreans write spaces, but do not agree where. */
const RUNNING = `[${UNSPACED}\\p{Script=Hangul}]`
const RUN = new RegExp(`${RUNNING}+`, 'gu')
const PIECE = new RegExp(`${RUNNING}+|(?:(?!${RUNNING})[\\p{L}\\p{M}\\p{N}])+`, 'gu')
const IS_RUN = new RegExp(`^${RUNNING}+$`, 'u')
/** Koreans do not agree where to put spaces, nor Japanese where to put dots: `シン・ゴジラ`, `シンゴジラ`. */
const BETWEEN_RUNS = new RegExp(`(?<=${RUNNING})[\\s・]+(?=${RUNNING})`, 'gu')
const JOINER = new RegExp(`[${JOINERS}]`, 'g')
const HAS_JOINER = new RegExp(`[${JOINERS}]`)
const NO_TOKEN = /[^\p{ASCII}\p{L}\p{M}\p{N}]+/gu

/** The text as the index takes it: its tokens between ASCII signs, then names in one word and umlauts spelt out. */
export function indexedText(text: string): string {
  const folded = foldForSearch(text)
  const joined = folded.match(TERM)?.filter(isJoined).map(withoutJoiners) ?? []
  const runs = ASCII.test(folded)
    ? folded
    : folded
        .replaceAll(BETWEEN_RUNS, '')
        .replaceAll(NO_TOKEN, ' ')
        .replaceAll(RUN, run => ` ${pairsOf(run).join(' ')} `)
  return [runs, ...joined, ...spelledOut(text)].join(' ')
}
const ASCII = /^\p{ASCII}*$/u

/** A word or a name that was typed: its parts, and the other ways in which it may stand in the index. */
export interface Term {
  /** Words, and runs of a script without spaces. */
  parts: string[]
  /** In one word, or with umlauts spelt out. */
  variants: string[]
}

export const termsOf = (typed: string): Term[] =>
  typed.split(/\s+/).flatMap(word => {
    const names = foldForSearch(word.replaceAll(/[・･]/g, '')).match(TERM) ?? []
    return names.map(name => termOf(name, names.length === 1 ? spelledOut(word) : []))
  })

function termOf(name: string, spelt: string[]): Term {
  const parts = name.match(PIECE) ?? []
  if (parts.some(isRun)) return { parts, variants: [] }
  return { parts, variants: parts.length > 1 ? [withoutJoiners(name)] : spelt }
}

export const isRun = (part: string) => IS_RUN.test(part)

/** Each letter with the next, and the last alone, so that one letter too is the beginning of a token. */
export function pairsOf(run: string): string[] {
  const letters = [...run]
  return letters.map((letter, i) => letter + (letters[i + 1] ?? ''))
}

/** Folded, with one kind of kana, without the long mark that may end a loanword, and Persian half-spaces as joiners. */
export const foldForSearch = (text: string): string => {
  const folded = foldText(text.replaceAll('\u200C', '-'))
  return ASCII.test(folded)
    ? folded
    : folded
        .replaceAll(ENDING_LONG_MARK, '')
        .replaceAll(/[\u30A1-\u30F6]/g, kana => String.fromCodePoint(kana.codePointAt(0)! - 0x60))
}
const ENDING_LONG_MARK = /(?<=[\u30A1-\u30F6ー]{3})ー(?![\u30A1-\u30F6ー])/g

const isJoined = (term: string) => HAS_JOINER.test(term)
const withoutJoiners = (term: string) => term.replaceAll(JOINER, '')

/** `Bücher` as `buecher`, `Bjørn` as `bjoern`, `Åse` as `aase`. */
const spelledOut = (text: string): string[] =>
  ASCII.test(text)
    ? []
    : words(text.normalize('NFC'))
        .filter(word => UMLAUT.test(word))
        .map(word =>
          foldText(word.toLowerCase().replaceAll(/[äöøüå]/g, letter => SPELT_OUT[letter]!)),
        )
const words = (text: string) => text.match(/[\p{L}\p{M}]+/gu) ?? []
const UMLAUT = /[äöøüå]/i
const SPELT_OUT: Record<string, string> = { ä: 'ae', ö: 'oe', ø: 'oe', ü: 'ue', å: 'aa' }
