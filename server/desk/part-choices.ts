/**
 * Reduces what the publish panel sent about each part to what the log keeps: switched off, or the
 * critic's own words.
 */
import type { PublicReview } from '../../shared/types/review'
import type { Reactor } from '../delivery/contract/define-reactor'
import { aboutPart } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import { Problem, refuse } from '../http/problem'
import type { PartChoices, PartWords } from '../review/events'

/** Throws a 422 for a part that does not exist. */
export function choicesOf(
  parts: Record<string, boolean | { text?: string }> = {},
): PartChoices | undefined {
  requireKnown(parts)
  const choices: PartChoices = {}
  for (const [name, choice] of Object.entries(parts)) {
    if (choice === false || (typeof choice === 'object' && choice.text)) choices[name] = choice
  }
  return Object.keys(choices).length ? choices : undefined
}

/** Words for parts of a published review. Throws likewise, and for words that do not fit. */
export async function wordsOf(
  parts: PartWords | undefined,
  review: PublicReview | undefined,
): Promise<PartWords | undefined> {
  if (!parts) return undefined
  requireKnown(parts)
  if (review) await requireFitting(parts, async () => review)
  return parts
}

function requireKnown(parts: object) {
  const known = new Set(everyReactor().map(reactor => reactor.name))
  for (const name of Object.keys(parts))
    if (!known.has(name)) refuse(`parts.${name}`, 'is not a channel of this site')
}

/**
 * Throws a 422 on `parts.NAME.text` if a part cannot send those words (too long for its network). A
 * part that no longer exists is ignored.
 */
export async function requireFitting(
  parts: PartChoices = {},
  publicReview: () => Promise<PublicReview>,
) {
  for (const reactor of everyReactor()) {
    const choice = parts[reactor.name]
    if (!choice || !choice.text || !reactor.render) continue
    await requireWordsFit(reactor, await publicReview(), choice.text, `parts.${reactor.name}.text`)
  }
}

/** Throws a 422 on the field at `path` if a part cannot send these words about a review. */
export async function requireWordsFit(
  reactor: Reactor,
  review: PublicReview,
  words: string,
  path: string,
) {
  const problem = (await reactor.render?.(review, aboutPart(reactor, words)))?.problem
  if (problem)
    throw new Problem(
      422,
      'Some fields are not valid',
      `The text for ${reactor.label} ${problem}.`,
      [{ path, message: problem }],
    )
}
