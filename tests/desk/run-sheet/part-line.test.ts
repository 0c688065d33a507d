/** A part's line of "What happened": what stands there, what is gone, and what only a person can remove. */
import { expect, it } from 'vitest'
import { defineReactor, type Receipt } from '../../../server/delivery/contract/define-reactor'
import { partLine } from '../../../server/desk/run-sheet/part-line'

const network = defineReactor({ name: 'network', label: 'Network', on: {} })
const url = 'https://network.example/p/1'
const AT = '2026-11-23T20:00:00.000Z'
const line = (receipt: Receipt, withdrawn: boolean) =>
  partLine(network, {
    fact: { type: 'ReviewPublished', position: 1 },
    off: false,
    withdrawn,
    since: () => 1,
    report: {
      part: 'network',
      planned: 2,
      accepted: 2,
      pending: 0,
      sending: 0,
      retrying: 0,
      dead: 0,
      suppressed: 0,
      held: 0,
      uncertain: 0,
      firstAt: AT,
      lastAt: AT,
      receipts: [receipt, { url }],
    },
  })

it.each<[string, Receipt, boolean, string, string | undefined, string | undefined]>([
  ['a post is led to', { url }, false, 'Posted', undefined, url],
  ['a deleted one is not', { url, gone: true }, true, 'Deleted', 'The post was deleted', undefined],
  [
    'one that only a person can remove is, with what to do',
    { url, byHand: 'remove by hand' },
    true,
    'By hand',
    'Remove by hand',
    url,
  ],
  [
    'and without it once the review came back',
    { url, byHand: 'remove by hand' },
    false,
    'Posted',
    undefined,
    url,
  ],
])('%s', (_, receipt, withdrawn, state, say, href) =>
  expect(line(receipt, withdrawn)).toMatchObject({ state, say, url: href }),
)
