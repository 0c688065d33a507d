/**
 * Checks all settings, including those of the parts, before anything starts: an invalid one stops
 * startup with one line.
 */
import { BadSetting, settings } from '../config/settings'
import { wrongSetting } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'

/** Throws BadSetting with everything that is wrong. */
export function checkSettings() {
  const { reactors: chosen } = settings()
  const parts = everyReactor()
  const names = parts.map(part => part.name)
  const problems = parts.map(wrongSetting).filter(wrong => wrong !== undefined)
  if (!chosen.every(name => names.includes(name)))
    problems.unshift(`NUXT_REACTORS must be a comma list of parts: ${names.join(', ')}`)
  if (problems.length) throw new BadSetting(problems)
}
