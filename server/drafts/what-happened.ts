/** What happened after Publish: the log, the front page and every part, each with its state in a word and a sentence. */
import { useAppReader } from '../db/open'
import type { Reactor } from '../delivery/define-reactor'
import { reportOf, type PartReport } from '../delivery/report'
import { canSend, everyReactor } from '../house'
import { openPages } from '../live'
import type { OpenReview } from './desk'

export interface Line { part: string, label: string, state: 'Sent' | 'Posted' | 'Waiting' | 'Sending' | 'Retrying' | 'Failed' | 'Not set up' | 'Switched off' | 'Nobody asked', say?: string, told?: number, of?: number, after?: number, url?: string, nextAt?: string }

/** `after` is seconds since the last public fact. Parts that have something to say come first, in the order of their first report. */
export async function whatHappened({ id, state, events }: OpenReview) {
  const fact = events.findLast(e => e.type !== 'ReviewDrafted' && e.type !== 'ReviewScheduled' && e.type !== 'ScheduleCancelled')
  if (!fact) return { id, parts: [], lines: [], settled: true }
  const reports = await reportOf(useAppReader(), id), seconds = (at: string) => Math.max(0, (Date.parse(at) - Date.parse(fact.at)) / 1000)
  const lines = everyReactor().map(reactor => lineOf(reactor, reports.find(r => r.part === reactor.name), state.parts?.[reactor.name] === false, seconds))
    .sort((a, b) => (a.after ?? Infinity) - (b.after ?? Infinity))
  const front: Line = { part: 'front-page', label: 'Front page', state: 'Sent', say: state.status === 'archived' ? 'It left every open page' : 'Every open page moved', told: openPages(), of: openPages() }
  return { id, event: { type: fact.type, position: fact.position, at: fact.at }, parts: reports, lines: [front, ...lines], settled: reports.every(r => !r.pending && !r.sending && !r.retrying) }
}

function lineOf(reactor: Reactor, report: PartReport | undefined, off: boolean, seconds: (at: string) => number): Line {
  const line = { part: reactor.name, label: reactor.label }, able = canSend(reactor)
  if (!report) return { ...line, ...off ? { state: 'Switched off' } : able !== true ? { state: 'Not set up', say: able } : { state: 'Nobody asked', say: reactor.audience ? 'Nobody asked to hear of this one' : undefined } } as Line
  const { accepted, dead, retrying, sending, pending, suppressed, planned, reason, nextAt } = report
  const state: Line['state'] = dead ? 'Failed' : retrying ? 'Retrying' : sending ? 'Sending' : pending ? 'Waiting' : reactor.audience ? 'Sent' : 'Posted'
  const left = suppressed ? `${suppressed} had left or were not written to` : undefined
  return { ...line, state, say: dead || retrying ? reason : left, told: accepted, of: planned, after: seconds(report.firstAt), url: report.receipts[0]?.url, nextAt }
}
