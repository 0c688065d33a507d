/**
 * Tells whether words beside the code of an unknown address speak of something else: some servers
 * write 5.1.1 for every 550, also when they do not let us in. One rule for the session and for reports.
 */
import { ABOUT_US_OR_TODAY, FULL, NOT_LET_IN, UNKNOWN } from './refusal-phrases'

/** True if the words are about us, about this email, or about today. What comes first counts. */
export function speaksOfUs(said: string): boolean {
  const words = withoutSmallTalk(said)
  if (NOT_LET_IN.test(words)) return true
  const ours = firstOf(words, ABOUT_US_OR_TODAY, FULL)
  // "Sender address rejected: User unknown" is about the sender.
  const theirs = firstOf(words.split(/\bsender (?:e-?mail )?address\b/i)[0]!, UNKNOWN)
  return ours < Infinity && ours <= theirs
}

/** Where the first of the phrases begins; Infinity if there is none. */
const firstOf = (words: string, ...phrases: RegExp[]) =>
  Math.min(...phrases.map(phrase => phrase.exec(words)?.index ?? Infinity))

/** What every report of a kind says, whatever happened; lines of a paragraph become one. */
export const withoutSmallTalk = (words: string) =>
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
