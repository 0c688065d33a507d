/**
 * One part under test: a log, a ledger and a reactor whose far side is a function, on a clock that
 * the test moves.
 */
import { expect, onTestFinished } from 'vitest'
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
import type { DeliveryRow } from '../../server/delivery/ledger/delivery-row'
import { holdReview } from '../../server/delivery/ledger/holds'
import { heldBy } from '../../server/delivery/ledger/stopped'
import { SubjectReader } from '../../server/delivery/planning/subjects'
import { ReactorLoop } from '../../server/delivery/sending/reactor-loop'
import { handle } from '../../server/log/handle-command'
import { openMemoryLog } from '../../server/log/memory'
import type { PublishedContent } from '../../server/review/events'
import { FakeClock } from './fake-clock'

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

/** What the far side was sent. */
interface Message {
  key: string
  recipient: string
  type: string
  title: string
  bundle: number
  receipt?: unknown
}

export type PartUnderTest = Awaited<ReturnType<typeof partUnderTest>>

export async function partUnderTest(
  far: (delivery: Delivery) => unknown,
  extra: Partial<Reactor> = {},
) {
  const clock = new FakeClock()
  const log = openMemoryLog()
  const app = await openAppInMemory()
  const subjects = new SubjectReader(log, 'http://localhost')
  const context = { app, log, subjects, holdMs: 0, now: clock.now, clock }
  const sent: Message[] = []
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
    backoff: [1, 2, 3],
    ...extra,
  }) as Reactor
  const loops: ReactorLoop[] = []

  /**
   * Starts in the background: the second of two waits for the lease; with another name it is
   * another part.
   */
  const begin = ({ holdMs = 0, name }: { holdMs?: number; name?: string } = {}) => {
    const loop = new ReactorLoop(name ? { ...reactor, name } : reactor, { ...context, holdMs })
    loops.push(loop)
    loop.start()
    return loop
  }
  const command = (id: string, type: string, data: object) => {
    const now = new Date(clock.now()).toISOString()
    return handle(log, id, { type, data, now } as never, { actor: 'Ines' })
  }
  const draft = (id: string) =>
    command(id, 'DraftReview', { id, critic: { id: 'ines', name: 'Ines Okafor' } })
  /** Stops everything; happens automatically after the test. */
  const end = () => clock.settle(Promise.all(loops.map(loop => loop.stop())))
  onTestFinished(async () => {
    await end()
  })
  const rows = () => app.selectFrom('deliveries').selectAll().orderBy('id').execute()
  const states = async () => (await rows()).map(row => row.state)
  const countIn = async (state: DeliveryRow['state']) =>
    (
      await app
        .selectFrom('deliveries')
        .select(e => e.fn.countAll<number>().as('n'))
        .where('state', '=', state)
        .executeTakeFirstOrThrow()
    ).n
  const consumer = () => app.selectFrom('consumers').selectAll().executeTakeFirst()

  return {
    clock,
    log,
    app,
    context,
    sent,
    reactor,
    begin,
    command,
    draft,
    rows,
    states,
    consumer,
    /**
     * Starts it and waits until it holds the lease: a part starts at the head, so it will see what
     * follows.
     */
    async start(options?: { holdMs?: number }) {
      const loop = begin(options)
      await clock.waitFor(async () => expect((await consumer())?.lease_owner).toBeTruthy())
      return loop
    },
    stop: (loop: ReactorLoop) => clock.settle(loop.stop()),
    end,
    async publish(id: string, parts?: object) {
      await draft(id)
      return command(id, 'PublishReview', { id, slug: id, content, parts })
    },
    /** Waits until the rows have these states, in this order. */
    become: (...wanted: string[]) =>
      clock.waitFor(async () => expect(await states()).toEqual(wanted)),
    /** Waits until this many rows are in this state. */
    settled: (n: number, state: DeliveryRow['state'] = 'accepted') =>
      clock.waitFor(async () => expect(await countIn(state)).toBe(n)),
    /** Pages of recipients r000000… in order, as a table of readers would give them. */
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

/** Holds everything about a review that has happened until now, as "Pause sending" does. */
export const hold = async ({ app, log, clock }: PartUnderTest, reviewId = 'a') =>
  holdReview(app, {
    reviewId,
    position: await log.head(),
    reason: heldBy('Ines'),
    now: clock.now(),
  })
