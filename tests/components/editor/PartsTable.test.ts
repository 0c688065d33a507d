/** Channels or read models as rows, each with the one thing that can be done about it. */
import { expect, it } from 'vitest'
import PartsTable from '../../../components/editor/PartsTable.vue'
import { part } from '../support/examples'
import { show } from '../support/show'

it('pauses a reactor that runs, resumes a part that is paused, and offers nothing else', async () => {
  const running = part()
  const paused = part({ name: 'push', label: 'Push', state: 'Paused', waiting: 1 })
  const { findAll, emitted } = await show(PartsTable, {
    labelledby: 'channels',
    kind: 'Channel',
    parts: [running, paused, part({ name: 'x', state: 'Not set up' })],
  })
  const rows = findAll('tbody tr')
  expect(rows.map(row => row.find('button').exists())).toEqual([true, true, false])
  await rows[0]!.find('button').trigger('click')
  await rows[1]!.find('button').trigger('click')
  expect([emitted('pause'), emitted('resume')]).toEqual([[[running]], [[paused]]])
  expect(rows[1]!.text()).toContain('1 delivery is waiting')
})

const hour = { accepted: Array(60).fill(1), failed: Array(60).fill(0) }

it.each([
  [0, '0'],
  [0.04, '2'],
  [4.44, '266'],
  [1234.5, '74,070'],
])('writes %d a second as %s a minute', async (rate, words) => {
  const { find } = await show(PartsTable, {
    labelledby: 'channels',
    kind: 'Channel',
    parts: [part({ rate, hour })],
  })
  expect(find('[data-word="Sent per minute"]').text()).toBe(words)
})

it('says nothing of sending where only read models are shown', async () => {
  const { find, findAll } = await show(PartsTable, {
    labelledby: 'system',
    kind: 'Read model',
    parts: [part({ name: 'movies', label: 'Movies', kind: 'projection', lag: 3 })],
  })
  expect(find('table').attributes('aria-labelledby')).toBe('system')
  expect(findAll('thead th').map(cell => cell.text())).toEqual([
    'Read model',
    'State',
    'Waiting',
    'Last problem',
    'Action',
  ])
  expect(find('tbody tr').text()).toMatch(/^Movies\s*Catching up\s*3\s*Rebuild\s*Movies$/)
})

it('gives the last problem in sentences, and nothing twice', async () => {
  const { findAll } = await show(PartsTable, {
    labelledby: 'channels',
    kind: 'Channel',
    parts: [
      part({ reason: 'The token is not valid', lastError: 'X answered 401', state: 'Stopped' }),
      part({ name: 'push', reason: 'X answered 401', lastError: 'X answered 401' }),
    ],
  })
  expect(findAll('td.trouble').map(cell => cell.text())).toEqual([
    'The token is not valid. X answered 401',
    'X answered 401',
  ])
})

it('says until when a token is valid, and why it could not be renewed', async () => {
  const credential = { endsAt: '2027-01-24T11:00:00.000Z', problem: 'X answered 500' }
  const { find } = await show(PartsTable, {
    labelledby: 'channels',
    kind: 'Channel',
    parts: [part({ credential })],
  })
  expect(find('tbody td').text()).toContain('Token valid until 24 January 2027')
  expect(find('td.trouble').text()).toBe('Its token could not be renewed: X answered 500')
})

it('rebuilds a read model, shows how far that is, and takes no second press meanwhile', async () => {
  const still = part({ name: 'movies', label: 'Movies', kind: 'projection' })
  const { findAll, emitted } = await show(PartsTable, {
    labelledby: 'system',
    kind: 'Part',
    parts: [still, part({ name: 'search', label: 'Search', kind: 'projection', rebuild: 0.437 })],
  })
  const [movies, search] = findAll('tbody tr')
  expect(movies!.find('button').text()).toMatch(/^Rebuild\s*Movies$/)
  await movies!.find('button').trigger('click')
  expect(emitted('rebuild')).toEqual([[still]])
  expect(search!.text()).toContain('Rebuilding, 43 %')
  expect(search!.find('button').attributes('disabled')).toBeDefined()
})

it.each([
  [0, '0 subscribers'],
  [1, '1 subscriber'],
  [1024, '1,024 subscribers'],
])('says how many it may notify: %i', async (count, words) => {
  const { find } = await show(PartsTable, {
    labelledby: 'channels',
    kind: 'Channel',
    parts: [part({ audience: { count, unit: 'subscriber' } })],
  })
  expect(find('.quota').text()).toBe(words)
})
