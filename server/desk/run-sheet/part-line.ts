/** One part's line of the run sheet: its state in a word, what is behind it in a sentence, and how many were told. */
import type { Line, LineState, Unit } from '../../../shared/types/run-sheet'
import type { Reactor, Receipt } from '../../delivery/contract/define-reactor'
import { canSend } from '../../delivery/contract/part-settings'
import type { PartReport } from '../../delivery/ledger/report'
import type { Recorded } from '../../log/event-log'
import type { PartStatus } from '../../operations/part-status'

/** `since` answers seconds since the fact, or nothing for a moment before it. `withdrawn`: the review is, now. */
export interface PartFindings {
  fact: Pick<Recorded, 'type' | 'position'>
  report?: PartReport
  off: boolean
  withdrawn: boolean
  standing?: PartStatus
  since: (at: string) => number | undefined
}

export function partLine(reactor: Reactor, told: PartFindings): Line {
  const line = {
    part: reactor.name,
    label: reactor.label,
    unit: reactor.unit ?? (reactor.audience ? ('reader' as const) : ('network' as const)),
  }
  if (!told.report) return { ...line, ...silent(reactor, told) }
  const {
    accepted,
    dead,
    retrying,
    pending,
    suppressed,
    held,
    planned,
    lastAt,
    nextAt,
    receipts: [receipt],
  } = told.report
  return {
    ...line,
    state: stateOf(reactor, told.report, told.withdrawn),
    say: sentence(line.unit, told.report, told) ?? aboutPost(receipt, told),
    told: accepted,
    of: planned,
    left: planned - accepted - suppressed,
    missed: suppressed - held,
    dead,
    after: told.since(lastAt),
    url: receipt?.gone ? undefined : receipt?.url,
    nextAt: pending || retrying ? nextAt : undefined,
  }
}

/** Why a part that has no row says nothing; one that has not read the fact yet is still about to. */
function silent(
  reactor: Reactor,
  { fact, off, withdrawn, standing }: PartFindings,
): Pick<Line, 'state' | 'say' | 'left'> {
  const able = canSend(reactor)
  if (off) return { state: 'Switched off' }
  if (able !== true) return { state: 'Not set up', say: able === 'Not set up' ? undefined : able }
  if (!reactor.on[fact.type]) return { state: 'Not changed', say: UNHEARD[fact.type] }
  if (!standing) return { state: 'Waiting', say: 'No process runs this channel' }
  if (standing.checkpoint < fact.position) return { state: 'Waiting', left: 1 }
  if (fact.type !== 'ReviewPublished')
    return { state: 'Not sent', say: 'Nobody was notified of this review before' }
  if (withdrawn) return { state: 'Not sent', say: 'The review was archived first' }
  return reactor.audience
    ? { state: 'No subscribers' }
    : { state: 'Not sent', say: 'The channel was set up later' }
}

/** What a part that does not listen to a fact leaves as it is. */
const UNHEARD: Partial<Record<Recorded['type'], string>> = {
  ReviewFixed: 'Nothing is sent for a typo',
  ReviewCorrected: 'Nothing is sent for a correction',
  ReviewArchived: 'What was sent cannot be recalled',
  ReviewRestored: 'Nobody is notified twice of one review',
}

function stateOf(
  reactor: Reactor,
  { dead, retrying, sending, pending, suppressed, held, planned, receipts: [receipt] }: PartReport,
  withdrawn: boolean,
): LineState {
  if (dead) return 'Failed'
  if (retrying) return 'Retrying'
  if (sending) return 'Sending'
  if (pending) return 'Waiting'
  if (held) return 'Cancelled'
  if (suppressed === planned) return 'Not sent'
  if (receipt?.gone) return 'Deleted'
  if (withdrawn && receipt?.byHand) return 'By hand'
  return reactor.audience ? 'Sent' : 'Posted'
}

function sentence(
  unit: Unit,
  { dead, retrying, pending, suppressed, held, reason }: PartReport,
  { standing }: PartFindings,
): string | undefined {
  const because = reason ? `: ${reason}` : ''
  if (dead)
    return unit !== 'network'
      ? `${many(dead, unit)} not reached${because}`
      : upper(reason ?? 'It was not sent')
  if (standing?.paused && (pending || retrying)) return upper(standing.reason ?? 'paused')
  if (retrying)
    return unit !== 'network'
      ? `${many(retrying, unit)} not reached yet${because}`
      : upper(reason ?? 'Not sent yet')
  if (pending) return unit !== 'network' ? `${many(pending, unit)} waiting` : undefined
  if (held) return `${stoppedWords(reason)}. ${many(held, unit)} not notified`
  if (!suppressed) return undefined
  return unit === 'network'
    ? upper(reason ?? 'not sent')
    : `${many(suppressed, unit)} not notified${because}`
}

/** What became of the post there once its review was withdrawn. */
function aboutPost(receipt: Receipt | undefined, { withdrawn }: PartFindings): string | undefined {
  if (receipt?.gone) return 'The post was deleted'
  return withdrawn && receipt?.byHand ? upper(receipt.byHand) : undefined
}

/** "Stopped by Ines Okafor"; the ledger says "held by". */
const stoppedWords = (reason: string | undefined | null) =>
  upper(reason ?? 'stopped').replace(/^Held by /, 'Stopped by ')

const many = (count: number, what: string) =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
const upper = (words: string) => `${words[0]!.toUpperCase()}${words.slice(1)}`
