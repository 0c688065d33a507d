/**
 * Reads what a server says about an email in words, for the many that give no code, or a general one.
 * Words only become "no such address" where nothing near them speaks against it.
 */
import type { Refusal } from './refusal'
import { withoutSmallTalk } from './refusal-blame'
import { codesWithin, enhancedWithin, isGeneric } from './refusal-codes'
import {
  DELAY,
  FAILURE,
  FULL,
  LEFT,
  NOT_DELIVERED,
  OTHERWISE,
  UNKNOWN,
  UNKNOWN_HOST,
} from './refusal-phrases'

/** Whether the words report a failure at all. */
export const isFailure = (words: string) =>
  FAILURE.test(words) || codesWithin(words).code !== undefined

/** Whether the words are about an email that did not arrive, or about an address. */
export const speaksOfEmail = (words: string) =>
  codesWithin(words).code !== undefined ||
  [NOT_DELIVERED, UNKNOWN, FULL, LEFT].some(phrase => phrase.test(words))

/** A refusal from nothing but words. */
export function refusalInWords(said: string): Refusal {
  const words = withoutSmallTalk(said)
  if (DELAY.test(words)) return { stage: 'report', status: '4.0.0', words }
  const { code } = codesWithin(words)
  const status = enhancedWithin(words) ?? (code !== undefined && code < 500 ? '4.0.0' : '5.0.0')
  return weighWords({ stage: 'report', ...(code && { code }), status, words })
}

/** The refusal with the status that its words give it, if it has no telling one. */
export function weighWords(refusal: Refusal): Refusal {
  const { status } = refusal
  if (status && !status.startsWith('5')) return refusal
  const words = withoutSmallTalk(refusal.words)
  return isGeneric(status) ? { ...refusal, status: statusOf(words) ?? status ?? '5.0.0' } : refusal
}

function statusOf(words: string): string | undefined {
  if (FULL.test(words)) return '5.2.2'
  if (speaks(UNKNOWN, words)) return '5.1.1'
  return speaks(UNKNOWN_HOST, words) ? '5.1.2' : undefined
}

/** Whether the phrase is there, and nothing close to it says that something else is the matter. */
function speaks(phrase: RegExp, words: string): boolean {
  const found = phrase.exec(words)
  if (!found) return false
  const start = Math.max(0, found.index - NEAR)
  return !OTHERWISE.test(words.slice(start, found.index + found[0].length + NEAR))
}

const NEAR = 200
