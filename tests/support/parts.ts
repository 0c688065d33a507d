/** A small house for tests of delivery: a log, a ledger and one reactor whose far side is a function. */
import { openAppInMemory } from '../../server/db/open'
import {
  Dead,
  defineReactor,
  type Delivery,
  type Planned,
  type Reactor,
  type Receipt,
  Retry,
} from '../../server/delivery/contract/define-reactor'
import { ReactorLoop } from '../../server/delivery/sending/reactor-loop'
import { handle } from '../../server/log/handle-command'
import { openMemoryLog } from '../../server/log/memory'
import type { PublishedContent } from '../../server/review/events'

export const content: PublishedContent = {
  title: 'Everyone in Vienna',
  movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary: 'S.',
  body: 'B.',
  tree: [{ t: 'p', c: [{ t: 'text', v: 'B.' }] }],
  tags: [],
  spoiler: false,
}

export async function house(far: (delivery: Delivery) => unknown, extra: Partial<Reactor> = {}) {
  const log = openMemoryLog()
  const app = await openAppInMemory()
  const meta = { actor: 'Ines' }
  const sent: {
    key: string
    recipient: string
    type: string
    title: string
    bundle: number
    receipt?: unknown
  }[] = []
  const answer = async (delivery: Delivery) => {
    sent.push({
      key: delivery.key,
      recipient: delivery.recipient,
      type: delivery.event.type,
      title: delivery.review.title,
      bundle: delivery.bundle.length,
      receipt: delivery.receipt,
    })
    return (await far(delivery)) as Receipt | undefined
  }
  const reactor = defineReactor({
    name: 'far',
    label: 'Far',
    on: {
      ReviewPublished: answer,
      ReviewFixed: answer,
      ReviewCorrected: answer,
      ReviewArchived: answer,
    },
    backoff: [0.01, 0.02, 0.03],
    ...extra,
  }) as Reactor
  const begin = (options: { holdMs?: number; now?: () => number } = {}) => {
    const run = new ReactorLoop(reactor, {
      app,
      log,
      siteUrl: 'http://localhost',
      holdMs: 0,
      ...options,
    })
    run.start()
    return run
  }
  const command = (id: string, type: string, data: object) =>
    handle(log, id, { type, data, now: new Date().toISOString() } as never, meta)
  return {
    log,
    app,
    sent,
    reactor,
    begin,
    command,
    publish: async (id: string, parts?: object) => {
      await command(id, 'DraftReview', { id, critic: { id: 'ines', name: 'Ines Okafor' } })
      return command(id, 'PublishReview', { id, slug: id, content, parts })
    },
    rows: () => app.selectFrom('deliveries').selectAll().orderBy('id').execute(),
    /** Pages of recipients a0000… in order, as a readers' table would give. */
    readers: (
      n: number,
      more: (i: number) => Partial<Planned> = () => ({}),
    ): Pick<Reactor, 'audience' | 'load'> => {
      const all = Array.from({ length: n }, (_, i) => ({
        recipient: `r${String(i).padStart(6, '0')}`,
        ...more(i),
      }))
      return {
        audience: async ({ after, limit }) => all.filter(r => r.recipient > after).slice(0, limit),
        load: async ids => new Map(ids.map(id => [id, { id }])),
      }
    },
  }
}

export { Dead, Retry }
