/** The address of our hub, which feeds name only while it runs. */
import { settings } from '../../config/settings'
import { canSend } from '../../delivery/contract/part-settings'
import { everyReactor } from '../../delivery/contract/registry'

/** Undefined while it is switched off, or left out of NUXT_REACTORS. */
export const hubAddress = (): string | undefined =>
  isRunning() ? `${settings().siteUrl}/websub` : undefined

/** Found by its unit, since no file but its own may name a part. */
function isRunning(): boolean {
  const { reactors: chosen } = settings()
  const part = everyReactor().find(({ unit }) => unit === 'subscriber')
  return (
    part !== undefined && (!chosen.length || chosen.includes(part.name)) && canSend(part) === true
  )
}
