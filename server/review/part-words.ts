/** What a fix or a correction changes of the critic's choices for parts. */
import { canonical } from '../../shared/canonical'
import type { PartChoices, PartWords } from './events'

/** A part that was switched off stays so; one that is given no text uses its own words again. */
export function withWords(
  parts: PartChoices | undefined,
  words: PartWords | undefined,
): PartChoices | undefined {
  if (!words) return parts
  const fresh = Object.entries(words).filter(([name]) => parts?.[name] !== false)
  const all = Object.entries({ ...parts, ...Object.fromEntries(fresh) })
  return Object.fromEntries(all.filter(([, choice]) => choice === false || choice.text))
}

/** Whether no part gets other words than it has. */
export const keepsWords = (parts: PartChoices | undefined, words: PartWords | undefined): boolean =>
  canonical(withWords(parts, words) ?? {}) === canonical(parts ?? {})
