/** What happened after Publish: the log, the front page and every part, each with its state in a word and a sentence; what earlier facts still have to say follows. */
import type { Line, RunSheet } from '../../../shared/types/run-sheet'
import { settings } from '../../config/settings'
import { appReadOnly } from '../../db/open'
import { everyReactor } from '../../delivery/contract/registry'
import { type PartReport, reportOf, toldOf } from '../../delivery/ledger/report'
import type { Recorded } from '../../log/event-log'
import { partStatuses } from '../../operations/part-status'
import type { OpenReview } from '../review-commands'
import { frontPageLine } from './front-page-line'
import { partLine } from './part-line'

/** A next attempt further away than this does not keep the desk asking each second. */
const SOON_MS = 15_000
/** Facts before the newest one of which the sheet still tells. */
const EARLIER = 5
const SILENT = ['ReviewDrafted', 'ReviewScheduled', 'ScheduleCancelled']

/** `parts` are the counts of the ledger for all facts of the review. Parts that have something to say come first, in the order of their first report. */
export async function runSheet(review: OpenReview): Promise<RunSheet & { parts: PartReport[] }> {
  const { id, events } = review
  const fact = events.findLast(e => !SILENT.includes(e.type))
  if (!fact) return { id, parts: [], lines: [], earlier: [], settled: true }
  const [parts, told] = await Promise.all([reportOf(appReadOnly(), id), toldOf(appReadOnly(), id)])
  const now = Date.now()
  const before = events
    .filter(e => e.position < fact.position && told.includes(e.position))
    .slice(-EARLIER)
    .reverse()
  const [lines, ...earlier] = await Promise.all([fact, ...before].map(one => linesOf(review, one)))
  const until = Date.parse(fact.at) + settings().holdSeconds * 1000
  const undecided = until > now && parts.some(p => p.pending)
  const moves = (line: Line) =>
    line.state === 'Sending' ||
    Boolean(line.left && Date.parse(line.nextAt ?? fact.at) < now + SOON_MS)
  return {
    id,
    parts,
    event: aboutFact(fact),
    lines: [
      {
        part: 'log',
        label: 'The log',
        state: 'Saved',
        at: fact.at,
        detail: `${fact.type}, position ${fact.position.toLocaleString('en')}`,
        after: 0,
      },
      frontPageLine(fact),
      ...lines!,
    ],
    earlier: before.map((one, i) => ({
      event: aboutFact(one),
      lines: earlier[i]!.filter(line => line.of),
    })),
    settled: ![...lines!, ...earlier.flat()].some(moves),
    ...(undecided && { heldUntil: new Date(until).toISOString() }),
  }
}

const aboutFact = ({ type, position, at }: Recorded) => ({ type, position, at })

async function linesOf({ id, state }: OpenReview, fact: Recorded): Promise<Line[]> {
  const [parts, standing] = await Promise.all([
    reportOf(appReadOnly(), id, fact.position),
    partStatuses(appReadOnly()),
  ])
  const since = (at: string) =>
    Date.parse(at) < Date.parse(fact.at) ? undefined : (Date.parse(at) - Date.parse(fact.at)) / 1000
  return everyReactor()
    .map(reactor => ({ reactor, report: parts.find(r => r.part === reactor.name) }))
    .sort((a, b) => Date.parse(a.report?.firstAt ?? LAST) - Date.parse(b.report?.firstAt ?? LAST))
    .map(({ reactor, report }) =>
      partLine(reactor, {
        report,
        fact,
        off: state.parts?.[reactor.name] === false,
        withdrawn: state.status === 'archived',
        standing: standing.get(reactor.name),
        since,
      }),
    )
}

const LAST = '9999-12-31'
