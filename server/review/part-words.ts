/** What a fix or a correction changes of the critic's choices for parts. */
import type { PartChoices, PartWords } from './events'

/** A part that was switched off stays so. */
export function withWords(
  parts: PartChoices | undefined,
  words: PartWords | undefined,
): PartChoices | undefined {
  if (!words) return parts
  const fresh = Object.entries(words).filter(([name]) => parts?.[name] !== false)
  return { ...parts, ...Object.fromEntries(fresh) }
}
