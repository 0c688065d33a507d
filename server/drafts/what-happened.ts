/** What happened after Publish: the log, the front page and every part, each with its state in a word and a sentence. */
import type { RunSheet } from '../../shared/types/run-sheet'
import { useAppReader } from '../db/open'
import { checkpoints } from '../delivery/consumers'
import { reportOf, type PartReport } from '../delivery/report'
import { everyReactor } from '../house'
import { openPages } from '../live'
import { settings } from '../settings'
import type { OpenReview } from './desk'
import { lineOf } from './run-sheet-line'

/** A next attempt further away than this does not keep the desk asking each second. */
const SOON_MS = 15_000

/** `parts` are the counts of the ledger. Parts that have something to say come first, in the order of their first report. */
export async function whatHappened({ id, state, events }: OpenReview): Promise<RunSheet & { parts: PartReport[] }> {
  const fact = events.findLast(e => e.type !== 'ReviewDrafted' && e.type !== 'ReviewScheduled' && e.type !== 'ScheduleCancelled')
  if (!fact) return { id, parts: [], lines: [], settled: true }
  const [parts, standing] = await Promise.all([reportOf(useAppReader(), id), checkpoints(useAppReader())]), now = Date.now()
  const since = (at: string) => Date.parse(at) < Date.parse(fact.at) ? undefined : (Date.parse(at) - Date.parse(fact.at)) / 1000
  const lines = everyReactor().map(reactor => ({ report: parts.find(r => r.part === reactor.name), reactor }))
    .sort((a, b) => Date.parse(a.report?.firstAt ?? LAST) - Date.parse(b.report?.firstAt ?? LAST))
    .map(({ reactor, report }) => lineOf(reactor, { report, off: state.parts?.[reactor.name] === false, withdrawn: state.status === 'archived', standing: standing.get(reactor.name), position: fact.position, since }))
  const until = Date.parse(fact.at) + settings().holdSeconds * 1000, undecided = until > now && parts.some(p => p.pending)
  return {
    id, parts, event: { type: fact.type, position: fact.position, at: fact.at },
    lines: [{ part: 'log', label: 'The log', state: 'On disk', say: `${fact.type}, position ${fact.position.toLocaleString('en')}`, after: 0 }, frontPage(state.status === 'archived'), ...lines],
    settled: !lines.some(line => line.state === 'Sending' || (line.left && Date.parse(line.nextAt ?? fact.at) < now + SOON_MS)),
    ...undecided && { heldUntil: new Date(until).toISOString() },
  }
}

const LAST = '9999-12-31'

function frontPage(withdrawn: boolean): RunSheet['lines'][number] {
  const open = openPages(), line = { part: 'front-page', label: 'Front page', state: 'Sent' as const }
  if (!open) return { ...line, say: withdrawn ? 'It left the list; no page is open now' : 'It is in the list; no page is open now' }
  return { ...line, say: withdrawn ? 'It left every open page' : 'Every open page moved', told: open, of: open, left: 0 }
}
