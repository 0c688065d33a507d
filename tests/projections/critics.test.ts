/** The critics after each event. */
import { expect, it } from 'vitest'
import critics from '../../server/projections/critics'
import { life, rowsAfter } from './life'

it('knows a critic once a review of theirs was published', () => {
  expect(rowsAfter(critics, life.drafted).size).toBe(0)
  expect(rowsAfter(critics, life.drafted, life.published).get('ines')).toEqual({
    id: 'ines',
    name: 'Ines Okafor',
    position: 2,
  })
})

it('keeps the name and the place of the first review', () => {
  const later = {
    ...life.published,
    data: { ...life.published.data, critic: { id: 'ines', name: 'Ines O.' } },
  }
  const rows = rowsAfter(critics, life.published, life.fixed, later, life.archived)
  expect(rows.get('ines')).toEqual({ id: 'ines', name: 'Ines Okafor', position: 1 })
})
