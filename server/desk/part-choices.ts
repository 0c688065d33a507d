/** What the publish panel sent about each part, reduced to what the log keeps: off, or its own words. */
import type { PublicReview } from '../../shared/types/review'
import { aboutPart } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import { refuse } from '../http/problem'
import type { PartChoices } from '../review/events'

/** Throws a 422 for a part that does not exist. */
export function choicesOf(
  parts: Record<string, boolean | { text?: string }> | undefined,
): PartChoices | undefined {
  const known = new Set(everyReactor().map(r => r.name))
  for (const name of Object.keys(parts ?? {}))
    if (!known.has(name)) refuse(`parts.${name}`, 'is not a channel of this site')
  const said = Object.entries(parts ?? {}).filter(
    (entry): entry is [string, false | { text?: string }] =>
      entry[1] === false || (typeof entry[1] === 'object' && Boolean(entry[1].text)),
  )
  return said.length ? Object.fromEntries(said) : undefined
}

/** Throws a 422 on `parts.NAME.text` where a part cannot send those words (too long for its network). */
export async function requireFitting(
  parts: PartChoices | undefined,
  shown: () => Promise<PublicReview>,
) {
  for (const [name, choice] of Object.entries(parts ?? {})) {
    const reactor = choice && choice.text && everyReactor().find(r => r.name === name)
    const problem =
      reactor && (await reactor.render?.(await shown(), aboutPart(reactor, choice.text)))?.problem
    if (problem) refuse(`parts.${name}.text`, problem)
  }
}
