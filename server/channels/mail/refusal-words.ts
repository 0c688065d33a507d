/**
 * Reads what a server says about an email in words, for the many that give no code, or a general one.
 * Words only become "no such address" where nothing near them speaks against it.
 */
import type { Refusal } from './refusal'
import { codesWithin, enhancedWithin, isGeneric } from './refusal-codes'
import { DELAY, FAILURE, FULL, OTHERWISE, UNKNOWN, UNKNOWN_HOST } from './refusal-phrases'

/** Whether the words report a failure at all. */
export const isFailure = (words: string) =>
  FAILURE.test(words) || codesWithin(words).code !== undefined

/** A refusal from nothing but words. */
export function refusalInWords(said: string): Refusal {
  const words = withoutSmallTalk(said)
  if (DELAY.test(words)) return { stage: 'report', status: '4.0.0', words }
  const { code } = codesWithin(words)
  const status = enhancedWithin(words) ?? (code !== undefined && code < 500 ? '4.0.0' : '5.0.0')
  return weighWords({ stage: 'report', ...(code && { code }), status, words })
}

/** The refusal with the status that its words give it. */
export function weighWords(refusal: Refusal): Refusal {
  const { status } = refusal
  if (status && !status.startsWith('5')) return refusal
  const words = withoutSmallTalk(refusal.words)
  if (isGeneric(status)) return { ...refusal, status: statusOf(words) ?? status ?? '5.0.0' }
  return !speaks(UNKNOWN, words, VERY_NEAR) && (OTHERWISE.test(words) || FULL.test(words))
    ? { ...refusal, status: withoutBlame(status!) }
    : refusal
}

function statusOf(words: string): string | undefined {
  if (FULL.test(words)) return '5.2.2'
  if (speaks(UNKNOWN, words)) return '5.1.1'
  return speaks(UNKNOWN_HOST, words) ? '5.1.2' : undefined
}

/** Whether the phrase is there, and nothing close to it says that something else is the matter. */
function speaks(phrase: RegExp, words: string, near = NEAR): boolean {
  const found = phrase.exec(words)
  if (!found) return false
  const start = Math.max(0, found.index - near)
  return !OTHERWISE.test(words.slice(start, found.index + found[0].length + near))
}

const NEAR = 200
/** Beside a code that says the same. */
const VERY_NEAR = 40

/** Some servers write 5.1.1 for every 550. */
const withoutBlame = (status: string) => (/^5\.(?:1|2\.1)/.test(status) ? '5.0.0' : status)

/** What every report of a kind says, whatever happened; lines of a paragraph become one. */
const withoutSmallTalk = (words: string) =>
  words
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(SMALL_TALK, ' ')
    .replaceAll(/ ?\r?\n ?(?=\S)/g, ' ')

const SMALL_TALK = new RegExp(
  [
    String.raw`\(in reply to [^)]*command\)`,
    'returning message to sender|returned (?:mail )?to sender|sender notification',
    String.raw`smtp error from remote (?:mail )?(?:server|mailer) (?:after|in)[^:\n]*:?`,
    'this message was created automatically by mail delivery software',
    'this is (?:the )?[^\\n]{0,40}(?:program|agent)[^\\n]{0,20} at (?:host )?\\S+',
    'please (?:verify|check)[^.\\n]*',
    "i'm not going to try again",
    String.raw`<?[^\s<>@(]+@[\w-]+(?:\.[\w-]+)*>?`,
    String.raw`https?://\S+`,
  ].join('|'),
  'giu',
)
