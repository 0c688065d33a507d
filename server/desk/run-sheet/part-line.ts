/**
 * Makes one part's line of the run sheet: its state in a word, a sentence about it, and how many
 * were notified.
 */
import type { Line, LineState } from '../../../shared/types/run-sheet'
import type { Reactor } from '../../delivery/contract/define-reactor'
import { effectOf } from '../../delivery/contract/effects'
import { canSend } from '../../delivery/contract/part-settings'
import type { PartReport } from '../../delivery/ledger/report'
import type { Recorded } from '../../log/event-log'
import type { PartStatus } from '../../operations/part-status'
import { aboutPost, sentence } from './part-sentence'

/**
 * `off`: the critic switched the part off. `archived`: the review is archived now. `told`: the part
 * has notified somebody of this review, at this event or another. `since` returns
 * the seconds since the event, or undefined for a moment before it.
 */
export interface PartFindings {
  event: Pick<Recorded, 'type' | 'position'>
  report?: PartReport
  off: boolean
  archived: boolean
  told: boolean
  status?: PartStatus
  since: (at: string) => number | undefined
}

export function partLine(reactor: Reactor, findings: PartFindings): Line {
  const { report, archived, status, since } = findings
  const audienceUnit = reactor.audience ? ('reader' as const) : ('network' as const)
  const unit = reactor.unit ?? audienceUnit
  const line = { part: reactor.name, label: reactor.label, unit }
  if (!report) return { ...line, ...withoutReport(reactor, findings) }
  const { accepted, dead, retrying, pending, suppressed, held, planned, lastAt, nextAt } = report
  const receipt = report.receipts[0]
  return {
    ...line,
    state: stateOf(reactor, report, archived),
    say: sentence(unit, report, status) ?? aboutPost(receipt, archived),
    told: accepted,
    kept: report.kept,
    of: planned,
    left: planned - accepted - suppressed,
    missed: suppressed - held,
    dead,
    after: since(lastAt),
    url: receipt?.gone ? undefined : receipt?.url,
    nextAt: (pending || retrying) && !status?.paused ? nextAt : undefined,
  }
}

/** Why a part has no row in the ledger; if it has not read the event yet, it still will. */
function withoutReport(
  reactor: Reactor,
  { event, off, archived, status, told }: PartFindings,
): Pick<Line, 'state' | 'say' | 'left'> {
  const able = canSend(reactor)
  if (off) return { state: 'Switched off' }
  if (able !== true) return { state: 'Not set up', say: able === 'Not set up' ? undefined : able }
  const { reach, says } = effectOf(reactor, event.type)
  if (reach === 'nothing') return { state: 'Not changed', say: says }
  if (!status) return { state: 'Waiting', say: 'No process runs this channel' }
  if (status.checkpoint < event.position) return { state: 'Waiting', left: 1 }
  if (event.type !== 'ReviewPublished' && !reactor.independentEvents)
    return told
      ? { state: 'Not changed', say: says }
      : { state: 'Not sent', say: 'Nobody was notified of this review before' }
  if (archived && event.type !== 'ReviewArchived')
    return { state: 'Not sent', say: 'The review was archived first' }
  return reactor.audience
    ? { state: 'No subscribers' }
    : { state: 'Not sent', say: 'The channel was set up later' }
}

/** The worst state first: what needs a person, then what is still moving, then the result. */
function stateOf(
  reactor: Reactor,
  { dead, retrying, sending, pending, suppressed, held, planned, receipts: [receipt] }: PartReport,
  archived: boolean,
): LineState {
  if (dead) return 'Failed'
  if (retrying) return 'Retrying'
  if (sending) return 'Sending'
  if (pending) return 'Waiting'
  if (held) return 'Paused'
  if (suppressed === planned) return 'Not sent'
  if (receipt?.gone) return 'Deleted'
  if (archived && receipt?.byHand) return 'By hand'
  return reactor.audience ? 'Sent' : 'Posted'
}
