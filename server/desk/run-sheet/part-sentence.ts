/** Words what a line of the run sheet says about a part, as a sentence without its full stop. */
import type { Unit } from '../../../shared/types/run-sheet'
import type { Receipt } from '../../delivery/contract/define-reactor'
import type { PartReport } from '../../delivery/ledger/report'
import type { PartStatus } from '../../operations/part-status'

/**
 * Undefined if the state says enough. A network is a single recipient, so its reason is the whole
 * sentence; readers are counted.
 */
export function sentence(
  unit: Unit,
  report: PartReport,
  status: PartStatus | undefined,
): string | undefined {
  const { dead, retrying, pending, suppressed, held, kept, reason } = report
  const counted = (count: number, what: string) =>
    `${many(count, unit)} ${what}${reason ? `: ${reason}` : ''}`
  const isNetwork = unit === 'network'
  if (dead) return isNetwork ? upper(reason ?? 'It was not sent') : counted(dead, 'not reached')
  if (status?.paused && (pending || retrying)) return upper(status.reason ?? 'paused')
  if (retrying)
    return isNetwork ? upper(reason ?? 'Not sent yet') : counted(retrying, 'not reached yet')
  if (pending) return isNetwork ? undefined : `${many(pending, unit)} waiting`
  if (held) return `${pausedWords(reason)}. ${many(held, unit)} not notified yet`
  if (kept)
    return `${kept.toLocaleString('en')} ${kept === 1 ? 'email is' : 'emails are'} kept in the outbox, not sent`
  if (!suppressed) return undefined
  return isNetwork ? upper(reason ?? 'not sent') : counted(suppressed, 'not notified')
}

/** What became of a network's post once its review was archived. */
export function aboutPost(receipt: Receipt | undefined, archived: boolean): string | undefined {
  if (receipt?.gone) return 'The post was deleted'
  return archived && receipt?.byHand ? upper(receipt.byHand) : undefined
}

/** "Paused by Ines Okafor"; the ledger says "held by". */
const pausedWords = (reason: string | undefined) =>
  upper(reason ?? 'paused').replace(/^Held by /, 'Paused by ')

const many = (count: number, what: string) =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`

const upper = (words: string) => `${words[0]!.toUpperCase()}${words.slice(1)}`
