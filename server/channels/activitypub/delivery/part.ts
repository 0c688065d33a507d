/** Finds the part that sends to other servers by its unit, since no file but its own may name a part. */
import type { Reactor } from '../../../delivery/contract/define-reactor'
import { everyReactor } from '../../../delivery/contract/registry'

export function serverPart(): Reactor {
  const part = everyReactor().find(({ unit }) => unit === 'server')
  if (!part) throw new Error('no part sends to other servers')
  return part
}
