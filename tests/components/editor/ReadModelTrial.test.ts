/** Trying a read model from a position shows what it would hold. */
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import ReadModelTrial from '../../../components/editor/ReadModelTrial.vue'
import { part } from '../support/examples'
import { answer, asked, Problem } from '../support/server'
import { show } from '../support/show'

const TRY = 'POST /api/parts/movies/replay'

async function tried() {
  const form = await show(ReadModelTrial, {
    head: 1204,
    models: [part({ name: 'movies', label: 'Movies', kind: 'projection' })],
  })
  await form.find('#trial-model').setValue('movies')
  await form.find('#trial-from').setValue('12')
  await form.find('form').trigger('submit')
  await flushPromises()
  return form
}

it('shows how many rows, the newest ones clipped, and what could not be processed', async () => {
  answer(TRY, {
    events: 1193,
    rows: 1,
    sample: [{ id: 'ikiru-1952', title: null, movie: 'x'.repeat(100) }],
    parked: [{ position: 1200, reviewId: 'r1', reason: 'no such film' }],
  })
  const form = await tried()
  expect(asked.filter(({ what }) => what === TRY)[0]!.body).toEqual({ from: 12, dryRun: true })
  expect(form.find('[role=status]').text()).toBe('1 row from 1,193 events.')
  expect(form.findAll('td').map(cell => cell.text())).toEqual([
    'ikiru-1952',
    '',
    `${'x'.repeat(60)}…`,
  ])
  expect(form.text()).toContain('Position 1,200: no such film')
})

it('says why it cannot be tried, and forgets what it showed before', async () => {
  answer(TRY, new Problem(422, { detail: 'from must be a position of the log.' }))
  const form = await tried()
  expect(form.find('[role=alert]').text()).toContain('must be a position of the log')
  expect(form.find('table').exists()).toBe(false)
})
