/**
 * Turns what a reader typed into a full-text query: every word must occur, and operators of the
 * index count as plain words.
 */
import { isRun, pairsOf, type Term, termsOf } from '../../shared/search/tokens'

const MOST_TERMS = 12

export const typedTerms = (typed: string): Term[] => termsOf(typed).slice(0, MOST_TERMS)

/** `begun`: the last word may be unfinished. */
export function textQuery(terms: Term[], begun: boolean): string {
  if (!terms.length) return '""'
  return terms.map((term, i) => anyForm(term, begun && i === terms.length - 1)).join(' AND ')
}

function anyForm({ parts, variants }: Term, begun: boolean): string {
  const forms = [allParts(parts, begun), ...variants.map(variant => tokens([variant], begun))]
  return `(${forms.join(' OR ')})`
}

/** The parts of a name follow each other in the index, unless some are runs, which end with a lone letter there. */
function allParts(parts: string[], begun: boolean): string {
  if (!parts.some(isRun)) return tokens(parts, begun)
  const each = parts.map((part, i) =>
    isRun(part) ? inRun(part) : tokens([part], begun && i === parts.length - 1),
  )
  return `(${each.join(' AND ')})`
}

/** Anywhere inside a run. */
function inRun(run: string): string {
  const pairs = pairsOf(run)
  return pairs.length === 1 ? tokens(pairs, true) : tokens(pairs.slice(0, -1), false)
}

const tokens = (following: string[], begun: boolean) =>
  `"${following.join(' ')}"${begun ? '*' : ''}`
