/**
 * Builds the run sheet, what happened after Publish: a line each for the log, the front page and
 * every part, and below them the lines of earlier events.
 */
import type { Line, RunSheet } from '../../../shared/types/run-sheet'
import { settings } from '../../config/settings'
import { appReadOnly } from '../../db/open'
import { everyReactor } from '../../delivery/contract/registry'
import { type PartReport, reportOf, toldOf } from '../../delivery/ledger/report'
import type { Recorded } from '../../log/event-log'
import { partStatuses } from '../../operations/part-status'
import type { OpenReview } from '../working-copy/open-review'
import { frontPageLine } from './front-page-line'
import { partLine } from './part-line'

/** The desk asks again each second only while something will move within this time. */
const SOON_MS = 15_000
/** How many events before the newest one the sheet still shows. */
const EARLIER = 5
/** Events that nobody outside the desk hears of. */
const INTERNAL = ['ReviewDrafted', 'ReviewScheduled', 'ScheduleCancelled']
/** Later than any report, so that parts without one come last. */
const LAST = '9999-12-31'

/** `parts` are the ledger's counts for all events of the review. */
export async function runSheet(review: OpenReview): Promise<RunSheet & { parts: PartReport[] }> {
  const { id, events } = review
  const newest = events.findLast(({ type }) => !INTERNAL.includes(type))
  if (!newest) return { id, parts: [], lines: [], earlier: [], settled: true }
  const [parts, withDeliveries] = await Promise.all([
    reportOf(appReadOnly(), id),
    toldOf(appReadOnly(), id),
  ])
  const before = events
    .filter(({ position }) => position < newest.position && withDeliveries.includes(position))
    .slice(-EARLIER)
    .reverse()
  const [lines, ...earlier] = await Promise.all(
    [newest, ...before].map(event => linesOf(review, event, parts)),
  )
  const now = Date.now()
  const heldUntil = Date.parse(newest.at) + settings().holdSeconds * 1000
  const isHeld = heldUntil > now && parts.some(part => part.pending)
  return {
    id,
    parts,
    event: header(newest),
    lines: [logLine(newest), frontPageLine(newest), ...lines!],
    earlier: before.map((event, i) => ({
      event: header(event),
      lines: earlier[i]!.filter(line => line.of),
    })),
    settled: ![...lines!, ...earlier.flat()].some(line => movesSoon(line, newest, now)),
    ...(isHeld && { heldUntil: new Date(heldUntil).toISOString() }),
    mayPause: parts.some(({ pending, retrying, sending }) => pending || retrying || sending),
    // What an archived review still holds is let go of once it is restored.
    maySend:
      review.state.status !== 'archived' &&
      (isHeld || parts.some(({ held, retrying }) => held || retrying)),
  }
}

const header = ({ type, position, at }: Recorded) => ({ type, position, at })

const logLine = ({ type, position, at }: Recorded): Line => ({
  part: 'log',
  label: 'The log',
  state: 'Saved',
  at,
  detail: `${type}, position ${position.toLocaleString('en')}`,
  after: 0,
})

const movesSoon = ({ state, left, nextAt }: Line, { at }: Recorded, now: number) =>
  state === 'Sending' || Boolean(left && Date.parse(nextAt ?? at) < now + SOON_MS)

/** The parts' lines, in the order of their first report. */
async function linesOf(
  { id, state }: OpenReview,
  event: Recorded,
  overall: PartReport[],
): Promise<Line[]> {
  const [reports, statuses] = await Promise.all([
    reportOf(appReadOnly(), id, event.position),
    partStatuses(appReadOnly()),
  ])
  return everyReactor()
    .map(reactor => ({ reactor, report: reports.find(({ part }) => part === reactor.name) }))
    .sort((a, b) => Date.parse(a.report?.firstAt ?? LAST) - Date.parse(b.report?.firstAt ?? LAST))
    .map(({ reactor, report }) =>
      partLine(reactor, {
        report,
        event,
        off: state.parts?.[reactor.name] === false,
        archived: state.status === 'archived',
        told: overall.some(({ part, accepted }) => part === reactor.name && accepted > 0),
        status: statuses.get(reactor.name),
        since: at => secondsBetween(event.at, at),
      }),
    )
}

/** Undefined if `to` comes before `from`. */
function secondsBetween(from: string, to: string): number | undefined {
  const ms = Date.parse(to) - Date.parse(from)
  return ms < 0 ? undefined : ms / 1000
}
