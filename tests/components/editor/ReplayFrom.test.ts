/** From which review on a replay sends: a name to choose, and a position only for those who ask for it. */
import { expect, it } from 'vitest'
import ReplayFrom from '../../../components/editor/ReplayFrom.vue'
import { answer, asked, unreachable } from '../support/server'
import { show } from '../support/show'

const REVIEWS = 'GET /api/reviews'
const open = () => show(ReplayFrom, { head: 1204, modelValue: undefined })

it('offers the newest reviews by title and day, after the very first', async () => {
  answer(REVIEWS, {
    items: [
      { id: 'r2', title: 'On Ran', publishedAt: '2026-11-15T09:00:00.000Z' },
      { id: 'r1', title: 'On Ikiru', publishedAt: '2026-11-14T11:01:17.000Z' },
    ],
  })
  const { find, findAll, props } = await open()
  expect(asked[0]!.query.get('fields')).toBe('title,publishedAt')
  expect(findAll('option').map(option => option.text())).toEqual([
    'The first review',
    'On Ran, 15 November 2026',
    'On Ikiru, 14 November 2026',
    'A position in the log',
  ])
  await find('#replay-from').setValue('r1')
  expect(props.modelValue).toEqual({ review: 'r1' })
  await find('#replay-from').setValue('first')
  expect(props.modelValue).toEqual({ position: 1 })
})

it('asks for a position only where that is chosen, and has none until it is written', async () => {
  answer(REVIEWS, { items: [] })
  const { find, props } = await open()
  expect(find('#replay-position').exists()).toBe(false)
  await find('#replay-from').setValue('position')
  expect(props.modelValue).toBeUndefined()
  await find('#replay-position').setValue('12')
  expect(props.modelValue).toEqual({ position: 12 })
})

it('can begin with the first review when the list of reviews cannot be read', async () => {
  answer(REVIEWS, unreachable)
  const { findAll } = await open()
  expect(findAll('option').map(option => option.attributes('value'))).toEqual(['first', 'position'])
})
