/** Finds the part that calls webhooks by its unit, since no file but its own may name a part. */
import type { Reactor } from '../../delivery/contract/define-reactor'
import { everyReactor } from '../../delivery/contract/registry'

export function webhookPart(): Reactor {
  const part = everyReactor().find(({ unit }) => unit === 'webhook')
  if (!part) throw new Error('no part calls webhooks')
  return part
}
