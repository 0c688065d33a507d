/** A part's line of "What happened": its state, its sentence, and what is counted. */
import { describe, expect, it } from 'vitest'
import {
  defineReactor,
  type Reactor,
  type Receipt,
} from '../../../server/delivery/contract/define-reactor'
import type { PartReport } from '../../../server/delivery/ledger/report'
import { type PartFindings, partLine } from '../../../server/desk/run-sheet/part-line'
import type { Line } from '../../../shared/types/run-sheet'

const heard = async () => ({})
const network = defineReactor({
  name: 'network',
  label: 'Network',
  on: { ReviewPublished: heard, ReviewArchived: heard },
})
const readers = defineReactor({ ...network, name: 'readers', audience: async () => [] } as Reactor)
const url = 'https://network.example/p/1'
const AT = '2026-11-23T20:00:00.000Z'

const NONE: PartReport = {
  part: 'network',
  planned: 0,
  accepted: 0,
  pending: 0,
  sending: 0,
  retrying: 0,
  dead: 0,
  suppressed: 0,
  held: 0,
  kept: 0,
  uncertain: 0,
  firstAt: AT,
  lastAt: AT,
  receipts: [],
}
const FINDINGS: PartFindings = {
  event: { type: 'ReviewPublished', position: 7 },
  off: false,
  archived: false,
  told: false,
  since: () => 1,
  status: { checkpoint: 7, paused: false, reason: null, stopped: null },
}

const lineOf = (
  reactor: Reactor,
  report: Partial<PartReport> | undefined,
  findings: Partial<PartFindings> = {},
) =>
  partLine(reactor, {
    ...FINDINGS,
    ...findings,
    ...(report && { report: { ...NONE, ...report } }),
  })

type Case = [what: string, Partial<PartReport>, Partial<Line>]

describe('a network', () => {
  it.each<Case>([
    ['accepted', { planned: 1, accepted: 1 }, { state: 'Posted', say: undefined, left: 0 }],
    [
      'given up',
      { planned: 1, dead: 1, reason: 'answered 418' },
      { state: 'Failed', say: 'Answered 418', dead: 1 },
    ],
    ['given up without a reason', { planned: 1, dead: 1 }, { say: 'It was not sent' }],
    [
      'tried again',
      { planned: 1, retrying: 1, reason: 'answered 500', nextAt: AT },
      { state: 'Retrying', say: 'Answered 500', nextAt: AT, left: 1 },
    ],
    ['being sent', { planned: 1, sending: 1, nextAt: AT }, { state: 'Sending', nextAt: undefined }],
    ['planned', { planned: 1, pending: 1, nextAt: AT }, { state: 'Waiting', nextAt: AT }],
    [
      'held',
      { planned: 1, suppressed: 1, held: 1, reason: 'held by Ines' },
      { state: 'Paused', say: 'Paused by Ines. 1 network not notified yet', missed: 0, left: 0 },
    ],
    [
      'suppressed',
      { planned: 1, suppressed: 1, reason: 'nothing was posted' },
      { state: 'Not sent', say: 'Nothing was posted', missed: 1 },
    ],
  ])('%s', (_, report, expected) => expect(lineOf(network, report)).toMatchObject(expected))

  it('that is paused says that rather than why its last attempt failed', () => {
    const status = { ...FINDINGS.status!, paused: true, reason: 'paused by Ines' }
    expect(
      lineOf(network, { planned: 1, retrying: 1, reason: 'answered 500' }, { status }).say,
    ).toBe('Paused by Ines')
  })
})

describe('readers', () => {
  it.each<Case>([
    [
      'all notified',
      { planned: 3, accepted: 3 },
      { state: 'Sent', say: undefined, told: 3, of: 3 },
    ],
    [
      'some given up, others still on their way',
      { planned: 1204, accepted: 1200, dead: 2, retrying: 1, pending: 1, reason: 'answered 418' },
      { state: 'Failed', say: '2 readers not reached: answered 418', left: 4 },
    ],
    [
      'one not reached yet',
      { planned: 2, accepted: 1, retrying: 1, reason: 'answered 500' },
      { state: 'Retrying', say: '1 reader not reached yet: answered 500' },
    ],
    ['some to go', { planned: 1204, pending: 1204 }, { say: '1,204 readers waiting' }],
    [
      'some held after others were notified',
      { planned: 5, accepted: 2, suppressed: 3, held: 3, reason: 'held by Ines' },
      { state: 'Paused', say: 'Paused by Ines. 3 readers not notified yet', told: 2, missed: 0 },
    ],
    [
      'kept for want of a mail server',
      { planned: 2, accepted: 2, kept: 2 },
      { state: 'Sent', say: '2 emails are kept in the outbox, not sent' },
    ],
    [
      'one who left meanwhile',
      { planned: 2, accepted: 1, suppressed: 1, reason: 'unsubscribed' },
      { state: 'Sent', say: '1 reader not notified: unsubscribed', missed: 1, left: 0 },
    ],
  ])('%s', (_, report, expected) => expect(lineOf(readers, report)).toMatchObject(expected))
})

describe('a post', () => {
  it.each<[string, Receipt, boolean, string, string | undefined, string | undefined]>([
    ['is linked', { url }, false, 'Posted', undefined, url],
    [
      'that was deleted is not',
      { url, gone: true },
      true,
      'Deleted',
      'The post was deleted',
      undefined,
    ],
    [
      'that only a person can remove is, with instructions',
      { url, byHand: 'remove by hand' },
      true,
      'By hand',
      'Remove by hand',
      url,
    ],
    [
      'and without that once the review was restored',
      { url, byHand: 'remove by hand' },
      false,
      'Posted',
      undefined,
      url,
    ],
  ])('%s', (_, receipt, archived, state, say, href) =>
    expect(
      lineOf(network, { planned: 2, accepted: 2, receipts: [receipt, { url }] }, { archived }),
    ).toMatchObject({ state, say, url: href }),
  )
})

describe('a part without a row in the ledger', () => {
  const archived = { type: 'ReviewArchived', position: 7 } as const
  const fixed = { type: 'ReviewFixed', position: 7 } as const
  const behind = { ...FINDINGS.status!, checkpoint: 6 }
  const corrected = { type: 'ReviewCorrected', position: 7 } as const
  const says = 'No email is sent for corrections'
  const noEmail = defineReactor({
    ...readers,
    on: { ReviewCorrected: heard },
    does: { ReviewCorrected: { reach: 'updated quietly', says } },
  } as Reactor)
  const called = defineReactor({ ...noEmail, independentEvents: true } as Reactor)
  const notSetUp = defineReactor({ ...network, ready: () => 'Not set up' } as Reactor)
  const halfSet = defineReactor({ ...network, ready: () => 'NUXT_X must be set' } as Reactor)

  it.each<[string, Reactor, Partial<PartFindings>, Partial<Line>]>([
    ['switched off', network, { off: true }, { state: 'Switched off' }],
    ['not set up', notSetUp, {}, { state: 'Not set up', say: undefined }],
    ['half set up', halfSet, {}, { state: 'Not set up', say: 'NUXT_X must be set' }],
    [
      'not listening to this event',
      network,
      { event: fixed },
      { state: 'Not changed', say: 'Nothing is sent for a typo' },
    ],
    [
      'not run by any process',
      network,
      { status: undefined },
      { state: 'Waiting', say: 'No process runs this channel' },
    ],
    ['about to read it', network, { status: behind }, { state: 'Waiting', left: 1 }],
    [
      'that had posted nothing',
      network,
      { event: archived },
      { state: 'Not sent', say: 'Nobody was notified of this review before' },
    ],
    [
      'that had notified readers and sends them nothing about a correction',
      noEmail,
      { event: corrected, told: true },
      { state: 'Not changed', say: 'No email is sent for corrections' },
    ],
    [
      'that had notified no reader who hears of a correction',
      noEmail,
      { event: corrected },
      { state: 'Not sent', say: 'Nobody was notified of this review before' },
    ],
    [
      'whose recipients did not ask for this event',
      called,
      { event: corrected, told: true },
      { state: 'No subscribers' },
    ],
    [
      'overtaken by the archiving',
      network,
      { archived: true },
      { state: 'Not sent', say: 'The review was archived first' },
    ],
    ['without readers', readers, {}, { state: 'No subscribers' }],
    ['online later', network, {}, { state: 'Not sent', say: 'The channel was set up later' }],
  ])('%s', (_, reactor, findings, expected) =>
    expect(lineOf(reactor, undefined, findings)).toMatchObject(expected),
  )
})
