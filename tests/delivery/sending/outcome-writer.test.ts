/** Outcomes are written together, in the order they came, however long the disk refuses them. */
import { expect, it } from 'vitest'
import { OutcomeWriter } from '../../../server/delivery/sending/outcome-writer'
import type { Outcome } from '../../../server/delivery/sending/outcomes'
import { FakeClock } from '../../support/fake-clock'

const outcome = (id: number): Outcome => ({
  id,
  state: 'accepted',
  attempts: 1,
  dueAt: 0,
  reason: null,
  receipt: null,
  failed: false,
  at: 0,
})

function writing(disk = { isLocked: false }) {
  const clock = new FakeClock()
  const written: number[][] = []
  const troubles: string[] = []
  let recorded = 0
  const outcomes = new OutcomeWriter(
    async all => {
      if (disk.isLocked) throw new Error('database is locked')
      written.push(all.map(({ id }) => id))
    },
    {
      clock,
      onError: reason => troubles.push(reason),
      onRecorded: () => {
        recorded++
      },
    },
  )
  return { clock, outcomes, written, troubles, recorded: () => recorded }
}

it('writes outcomes that come together at once, and resolves each when it is on disk', async () => {
  const { clock, outcomes, written, recorded } = writing()
  await clock.settle(
    Promise.all([outcomes.add([outcome(1)]), outcomes.add([outcome(2), outcome(3)])]),
  )
  expect([written, recorded()]).toEqual([[[1, 2, 3]], 1])
  await clock.settle(outcomes.add([outcome(4)]))
  expect(written).toEqual([[1, 2, 3], [4]])
})

it('does not wait if many have come in', async () => {
  const { outcomes, written } = writing()
  const many = Array.from({ length: 500 }, (_, id) => outcome(id))
  const added = outcomes.add(many)
  expect(written.length).toBe(1)
  await added
})

it('keeps trying until the disk takes them, reports that, and resolves nothing before', async () => {
  const disk = { isLocked: true }
  const { clock, outcomes, written, troubles, recorded } = writing(disk)
  let answered = false
  const added = outcomes.add([outcome(1)]).then(() => {
    answered = true
  })
  await clock.waitFor(() => expect(troubles.length).toBeGreaterThan(1))
  expect([answered, recorded(), written]).toEqual([false, 0, []])
  disk.isLocked = false
  await clock.settle(added)
  expect([written, recorded(), new Set(troubles)]).toEqual([
    [[1]],
    1,
    new Set(['outcomes not recorded yet: database is locked']),
  ])
})

it('writes what is left when the part stops', async () => {
  const { outcomes, written } = writing()
  const added = outcomes.add([outcome(1)])
  await outcomes.flush()
  expect(written).toEqual([[1]])
  await added
})
