/** Finds the part that sends email by its medium, since no file but its own may name a part. */
import type { Reactor } from '../delivery/contract/define-reactor'
import { everyReactor } from '../delivery/contract/registry'

export function mailPart(): Reactor {
  const part = everyReactor().find(({ medium }) => medium === 'mail')
  if (!part) throw new Error('no part sends email')
  return part
}
