/** Decides when operators must know that a credential could not be renewed, and in which words. Pure. */
import { day } from '../../../shared/date-words'
import type { Reactor } from '../contract/define-reactor'
import { variableOf } from '../contract/settings-rules'
import type { Trouble } from '../contract/tell-operators'
import type { KeptCredential } from '../ledger/credentials'

const DAY_MS = 24 * 3600_000
/** How long before the end; renewing has failed for weeks by then. */
const WARNING_MS = 7 * DAY_MS
/**
 * How long renewing may fail while we do not know the end. Longer than a day, because a network may
 * not renew what is younger.
 */
const UNKNOWN_MS = 2 * DAY_MS

export const aboutCredential = ({ name }: Reactor) => `${name}.credential`

/** Undefined while there is time left to renew it. `isRefused`: the far side no longer accepts it. */
export function credentialTrouble(
  reactor: Reactor,
  { ends_at: endsAt, failed_since: since, problem }: KeptCredential,
  { now, isRefused }: { now: number; isRefused: boolean },
): Trouble | undefined {
  const isLate = endsAt === null ? now - (since ?? now) >= UNKNOWN_MS : endsAt - now <= WARNING_MS
  if (!isRefused && !isLate) return undefined
  const { name, label, renewal } = reactor
  const variable = variableOf(name, renewal!.setting)
  return {
    about: aboutCredential(reactor),
    says: isRefused ? `${label} refuses our token` : `The token for ${label} could not be renewed`,
    sample: problem ?? undefined,
    todo: `${endOf(endsAt, now)}Set ${variable} to a new one and restart the server. Until then, deliveries wait; nothing is lost.`,
    link: '/editor/parts',
    lasting: true,
  }
}

function endOf(endsAt: number | null, now: number): string {
  if (endsAt === null) return ''
  return `It ${endsAt > now ? 'ends' : 'ended'} on ${day(new Date(endsAt).toISOString(), 'UTC')}. `
}
