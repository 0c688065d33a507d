/** The film field suggests films while one is typed, works by keyboard and mouse, and accepts unknown films (ARIA APG: combobox, list autocomplete). */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import MovieField from '../../../components/editor/MovieField.vue'
import type { Movie } from '../../../shared/types/review'
import { answer, asked, unreachable } from '../support/server'
import { show } from '../support/show'

const HEAT: Movie = {
  id: 'heat-1995',
  title: 'Heat',
  year: 1995,
  genres: ['Crime'],
  director: 'Michael Mann',
}
const HEAT_86: Movie = { id: 'heat-1986', title: 'Heat', year: 1986, genres: ['Action'] }
const LOOKUP = 'GET /api/movies/lookup'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function open(modelValue: Movie | null = null) {
  const field = await show(MovieField, { modelValue })
  const input = field.find<HTMLInputElement>('#movie')
  const type = async (text: string) => {
    await input.setValue(text)
    await vi.advanceTimersByTimeAsync(200)
  }
  const press = (key: string) => input.trigger('keydown', { key })
  return { ...field, input, type, press, status: () => field.find('[role=status]').text() }
}

it('asks once for what is typed in one go, and announces how many films it found', async () => {
  answer(LOOKUP, [HEAT, HEAT_86])
  const { input, type, findAll, status } = await open()
  await input.setValue('He')
  await type('Heat')
  expect(asked.map(({ query }) => query.get('q'))).toEqual(['Heat'])
  expect(findAll('[role=option]')).toHaveLength(2)
  expect(status()).toMatch(/^2 /)
  expect(input.attributes('aria-controls')).toBe('films')
})

it('is chosen with the arrow keys and Enter', async () => {
  answer(LOOKUP, [HEAT, HEAT_86])
  const { input, type, press, find, findAll, props } = await open()
  await type('Heat')
  await press('ArrowUp')
  expect(input.attributes('aria-activedescendant')).toBe('film-1')
  await press('ArrowDown')
  expect(input.attributes('aria-activedescendant')).toBe('film-0')
  expect(find('[aria-selected=true]').text()).toContain('1995')
  await press('Enter')
  expect(props.modelValue).toEqual(HEAT)
  expect(input.element.value).toBe('Heat (1995)')
  expect(findAll('[role=option]')).toHaveLength(0)
})

it('is chosen with the mouse', async () => {
  answer(LOOKUP, [HEAT, HEAT_86])
  const { type, findAll, props } = await open()
  await type('Heat')
  await findAll('[role=option]')[1]!.trigger('mousedown')
  expect(props.modelValue).toEqual(HEAT_86)
})

it('closes the list with Escape and keeps what was typed', async () => {
  answer(LOOKUP, [HEAT])
  const { input, type, press, findAll } = await open()
  await type('Hea')
  await press('Escape')
  expect(findAll('[role=option]')).toHaveLength(0)
  expect(input.element.value).toBe('Hea')
})

it('takes a film whose full title was typed, until the writer rejects it', async () => {
  answer(LOOKUP, [HEAT])
  const { type, find, props } = await open()
  await type('heat (1995)')
  expect(props.modelValue).toEqual(expect.objectContaining({ director: 'Michael Mann' }))
  await find('#movie-hint button').trigger('click')
  expect(props.modelValue).toEqual({ id: 'heat-1995', title: 'Heat', year: 1995, genres: [] })
  await type('Heat (1995)')
  expect(props.modelValue).not.toHaveProperty('director')
})

it('stays as typed if no film is known or the server cannot be reached', async () => {
  answer(LOOKUP, [])
  const { type, status, props } = await open()
  await type('My Holiday (2026)')
  expect(status()).not.toBe('')
  expect(props.modelValue).toEqual({
    id: 'my-holiday-2026',
    title: 'My Holiday',
    year: 2026,
    genres: [],
  })
  answer(LOOKUP, unreachable)
  await type('My Other Holiday')
  expect(status()).toBe('')
  expect(props.modelValue).toMatchObject({ title: 'My Other Holiday' })
})

it('is no film when it is empty', async () => {
  const { type, props } = await open(HEAT)
  await type('')
  expect(props.modelValue).toBeNull()
  expect(asked).toEqual([])
})
