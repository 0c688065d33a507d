/** What is asked for one by one is loaded together. */
import { expect, it, vi } from 'vitest'
import { batched } from '../../server/graphql/batch'

const doubled = async (keys: string[]) => new Map(keys.map(key => [key, key + key]))

it('once for all who ask at the same time, and never twice for a key', async () => {
  const load = vi.fn(doubled)
  const ask = batched(load, new Map([['known', 'given']]))
  const later = Promise.resolve().then(() => ask('c'))
  expect(await Promise.all([ask('a'), ask('b'), ask('a'), later, ask('known')])).toEqual([
    'aa',
    'bb',
    'aa',
    'cc',
    'given',
  ])
  expect(load.mock.calls).toEqual([[['a', 'b', 'c']]])
  expect(await Promise.all([ask('a'), ask('d')])).toEqual(['aa', 'dd'])
  expect(load.mock.calls[1]).toEqual([['d']])
})

it('says nothing of what is not there, and fails for all who asked', async () => {
  expect(await batched(async () => new Map())('a')).toBeUndefined()
  const ask = batched(() => Promise.reject(new Error('busy')))
  expect(await Promise.allSettled([ask('a'), ask('b')])).toMatchObject([
    { reason: { message: 'busy' } },
    { reason: { message: 'busy' } },
  ])
})
