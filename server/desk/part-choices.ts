/**
 * Reduces what the publish panel sent about each part to what the log keeps: switched off, or the
 * critic's own words.
 */
import type { PublicReview } from '../../shared/types/review'
import { aboutPart } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import { Problem, refuse } from '../http/problem'
import type { PartChoices } from '../review/events'

/** Throws a 422 for a part that does not exist. */
export function choicesOf(
  parts: Record<string, boolean | { text?: string }> = {},
): PartChoices | undefined {
  const known = new Set(everyReactor().map(reactor => reactor.name))
  const choices: PartChoices = {}
  for (const [name, choice] of Object.entries(parts)) {
    if (!known.has(name)) refuse(`parts.${name}`, 'is not a channel of this site')
    if (choice === false || (typeof choice === 'object' && choice.text)) choices[name] = choice
  }
  return Object.keys(choices).length ? choices : undefined
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
    const rendered = await reactor.render(await publicReview(), aboutPart(reactor, choice.text))
    if (rendered.problem)
      throw new Problem(
        422,
        'Some fields are not valid',
        `The text for ${reactor.label} ${rendered.problem}.`,
        [{ path: `parts.${reactor.name}.text`, message: rendered.problem }],
      )
  }
}
