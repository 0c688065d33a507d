/** The last hour as columns, and the same in words. */
import { expect, it } from 'vitest'
import HourChart from '../../../components/editor/HourChart.vue'
import { show } from '../support/show'

const minutes = (given: Record<number, number> = {}) =>
  Array.from({ length: 60 }, (_, minute) => given[minute] ?? 0)

it('draws a column for each minute with activity, failures below the line', async () => {
  const { findAll } = await show(HourChart, {
    label: 'Push',
    hour: { accepted: minutes({ 3: 100, 4: 1 }), failed: minutes({ 4: 25 }) },
  })
  const [most, least] = findAll('.up').map(bar => Number(bar.attributes('height')))
  expect(most).toBe(12)
  expect(least).toBeGreaterThanOrEqual(1.5)
  expect(findAll('.down')).toHaveLength(1)
  expect(findAll('.down')[0]!.attributes('y')).toBe('12')
})

it('gives its figures in words', async () => {
  const { find } = await show(HourChart, {
    label: 'Push',
    hour: { accepted: minutes({ 3: 1000, 4: 200 }), failed: minutes() },
  })
  expect(find('[role=img]').attributes('aria-label')).toMatch(
    /^Push.*1,200 delivered, none failed.*1,000 in a minute$/,
  )
})
