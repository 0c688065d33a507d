/** What the publish panel sent about each part, reduced to what the log keeps: off, or its own words. */
import { everyReactor } from '../house'
import { refuse } from '../problem'
import type { PartChoices } from '../review/events'

/** Throws a 422 for a part that does not exist. */
export function choicesOf(parts: Record<string, boolean | { text?: string }> | undefined): PartChoices | undefined {
  const known = new Set(everyReactor().map(r => r.name))
  for (const name of Object.keys(parts ?? {})) if (!known.has(name)) refuse(`parts.${name}`, 'is not a part of this site')
  const said = Object.entries(parts ?? {}).filter((entry): entry is [string, false | { text?: string }] => entry[1] === false || (typeof entry[1] === 'object' && Boolean(entry[1].text)))
  return said.length ? Object.fromEntries(said) : undefined
}
