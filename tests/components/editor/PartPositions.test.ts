/** How far each part has read, for those who repair something. */
import { expect, it } from 'vitest'
import PartPositions from '../../../components/editor/PartPositions.vue'
import { part } from '../support/examples'
import { show } from '../support/show'

it('is folded away, and says how far each part has read and how much is left', async () => {
  const { find, findAll } = await show(PartPositions, {
    head: 1204,
    parts: [
      part(),
      part({ name: 'search', label: 'Search', kind: 'projection', checkpoint: 104, lag: 1100 }),
      part({ name: 'x', label: 'X', state: 'Not set up', checkpoint: undefined }),
    ],
  })
  expect(find<HTMLDetailsElement>('details').element.open).toBe(false)
  expect(find('.hint').text()).toContain('1,204')
  expect(findAll('li').map(line => line.text())).toEqual([
    'Email: 1,204',
    'Search: 104, 1,100 behind',
  ])
})
