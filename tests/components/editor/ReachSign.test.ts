/** The reach sign always has words for screen readers. */
import { expect, it } from 'vitest'
import ReachSign from '../../../components/editor/ReachSign.vue'
import { show } from '../support/show'

it.each([
  ['notified', true, true],
  ['updated quietly', true, false],
  ['nothing', false, false],
] as const)('%s has a sign of its own, which is not read out', async (reach, drawn, loud) => {
  const { find, text } = await show(ReachSign, { reach, words: true })
  expect([find('circle').exists(), find('.loud').exists()]).toEqual([drawn, loud])
  expect(find('[aria-hidden=true]').exists()).toBe(true)
  expect(text()).toContain(reach)
})
