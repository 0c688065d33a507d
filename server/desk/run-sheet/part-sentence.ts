/** What a line of the run sheet says about a part, in a sentence without its full stop. */
import type { Unit } from '../../../shared/types/run-sheet'
import type { Receipt } from '../../delivery/contract/define-reactor'
import type { PartReport } from '../../delivery/ledger/report'
import type { Recorded } from '../../log/event-log'
import type { PartStatus } from '../../operations/part-status'

/** What a part that does not listen to an event leaves as it is. */
export const UNHEARD: Partial<Record<Recorded['type'], string>> = {
  ReviewFixed: 'What it sent stays; a typo is not worth a second message',
  ReviewCorrected: 'What it sent stays as it is',
  ReviewArchived: 'What it sent cannot be taken back',
  ReviewRestored: 'Nobody is told twice of one review',
}

/** Undefined where the state says enough. A network is one recipient, so that its reason is the whole sentence; readers are counted. */
export function sentence(
  unit: Unit,
  report: PartReport,
  status: PartStatus | undefined,
): string | undefined {
  const { dead, retrying, pending, suppressed, held, reason } = report
  const counted = (count: number, what: string) =>
    `${many(count, unit)} ${what}${reason ? `: ${reason}` : ''}`
  const isNetwork = unit === 'network'
  if (dead) return isNetwork ? upper(reason ?? 'It did not go out') : counted(dead, 'not reached')
  if (status?.paused && (pending || retrying)) return upper(status.reason ?? 'paused')
  if (retrying) return isNetwork ? upper(reason ?? 'Not yet') : counted(retrying, 'not reached yet')
  if (pending) return isNetwork ? undefined : `${many(pending, unit)} to go`
  if (held) return `${upper(reason ?? 'held')}. ${many(held, unit)} not told`
  if (!suppressed) return undefined
  return isNetwork ? upper(reason ?? 'not told') : counted(suppressed, 'not told')
}

/** What became of a network's post once its review was withdrawn. */
export function aboutPost(receipt: Receipt | undefined, withdrawn: boolean): string | undefined {
  if (receipt?.gone) return 'It was deleted there'
  return withdrawn && receipt?.byHand ? upper(receipt.byHand) : undefined
}

const many = (count: number, what: string) =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`

const upper = (words: string) => `${words[0]!.toUpperCase()}${words.slice(1)}`
