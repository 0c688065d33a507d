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
  if (!reactor.on[fact.type]) return { state: 'Left alone', say: UNHEARD[fact.type] }
  if (!standing) return { state: 'Waiting', say: 'No process runs this part' }
  if (standing.checkpoint < fact.position) return { state: 'Waiting', left: 1 }
  if (fact.type !== 'ReviewPublished')
    return { state: 'Nobody asked', say: 'It had told nobody of this review' }
  if (withdrawn) return { state: 'Not told', say: 'The review was withdrawn first' }
  return reactor.audience
    ? { state: 'Nobody asked' }
    : { state: 'Not told', say: 'It came online later' }
}

/** What a part that does not listen to a fact leaves as it is. */
const UNHEARD: Partial<Record<Recorded['type'], string>> = {
  ReviewFixed: 'What it sent stays; a typo is not worth a second message',
  ReviewCorrected: 'What it sent stays as it is',
  ReviewArchived: 'What it sent cannot be taken back',
  ReviewRestored: 'Nobody is told twice of one review',
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
  if (held) return 'Held'
  if (suppressed === planned) return 'Not told'
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
      : upper(reason ?? 'It did not go out')
  if (standing?.paused && (pending || retrying)) return upper(standing.reason ?? 'paused')
  if (retrying)
    return unit !== 'network'
      ? `${many(retrying, unit)} not reached yet${because}`
      : upper(reason ?? 'Not yet')
  if (pending) return unit !== 'network' ? `${many(pending, unit)} to go` : undefined
  if (held) return `${upper(reason ?? 'held')}. ${many(held, unit)} not told`
  if (!suppressed) return undefined
  return unit === 'network'
    ? upper(reason ?? 'not told')
    : `${many(suppressed, unit)} not told${because}`
}

/** What became of the post there once its review was withdrawn. */
function aboutPost(receipt: Receipt | undefined, { withdrawn }: PartFindings): string | undefined {
  if (receipt?.gone) return 'It was deleted there'
  return withdrawn && receipt?.byHand ? upper(receipt.byHand) : undefined
}

const many = (count: number, what: string) =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
const upper = (words: string) => `${words[0]!.toUpperCase()}${words.slice(1)}`
