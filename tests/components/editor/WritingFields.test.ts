/** The fields of one review: each writes into the page's own text, and shows its problem. */
import { beforeEach, expect, it, vi } from 'vitest'
import { nextTick, reactive } from 'vue'
import WritingFields from '../../../components/editor/WritingFields.vue'
import { writing } from '../support/examples'
import { show } from '../support/show'
import { SlowWorker } from '../support/slow-worker'

const open = (given: object = {}) =>
  show(WritingFields, {
    modelValue: reactive(writing({ body: 'One' })),
    state: { kind: 'saved' },
    clashes: [],
    problems: {},
    ready: true,
    ...given,
  })

beforeEach(() => {
  vi.stubGlobal('Worker', SlowWorker)
})

it('writes into the text that the page keeps', async () => {
  const { find, props } = await open()
  const kept = props.modelValue
  await find('#title').setValue('Another title')
  await find('#spoiler').setValue(true)
  expect(props.modelValue).toBe(kept)
  expect(kept).toMatchObject({ title: 'Another title', spoiler: true })
})

it('counts words and characters, and says whether they are saved', async () => {
  const { find } = await open()
  expect(find('#body-hint').text()).toBe('1 word. Saved')
  await find('#body').setValue('Two words')
  expect(find('#body-hint').text()).toMatch(/^2 words\./)
  await find('#summary').setValue(' Go. ')
  expect(find('#summary-hint').text()).toBe('3 of 300 characters')
})

it('shows each problem at its own field', async () => {
  const { find, findAll } = await open({
    problems: {
      title: 'Must be set.',
      'movie.year': 'The year must be at least 1870.',
      'movie.genres': 'Too many.',
    },
  })
  expect(find('#title-problem').text()).toBe('Must be set.')
  expect(find('#movie-problem').text()).toBe('The year must be at least 1870.')
  expect(find('#genres-problem').text()).toBe('Too many.')
  expect(findAll('.problem')).toHaveLength(3)
})

it('locks the field of which two versions are open, and all of them until the page is ready', async () => {
  const { find, props } = await open({
    clashes: [{ field: 'title', mine: 'Mine', theirs: 'Theirs' }],
  })
  expect(find('#title').attributes('readonly')).toBe('')
  expect(find('#summary').attributes('readonly')).toBeUndefined()
  props.ready = false
  await nextTick()
  expect(find('#summary').attributes('readonly')).toBe('')
  expect(find('#spoiler').attributes('disabled')).toBe('')
})

it('takes genres and a poster only for a film', async () => {
  const { find } = await open({ modelValue: reactive(writing({ movie: null })) })
  expect(find('#genres').attributes('readonly')).toBe('')
  expect(find('#genres-hint').text()).toBe('Enter the film first.')
  expect(find('#poster').attributes('disabled')).toBe('')
})
