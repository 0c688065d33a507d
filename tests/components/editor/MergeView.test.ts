/** Two versions of the same text: the writer chooses field by field which to keep, or writes a new one. */
import { expect, it } from 'vitest'
import MergeView from '../../../components/editor/MergeView.vue'
import type { Clash } from '../../../shared/review/merge'
import { show } from '../support/show'

const BODY: Clash = {
  field: 'body',
  mine: 'My words.',
  theirs: 'Their words.',
  both: 'My Their words.',
}
const RATING: Clash = { field: 'rating', mine: 4.5, theirs: null }

it('shows both versions of each field', async () => {
  const { findAll } = await show(MergeView, { clashes: [BODY, RATING] })
  expect(findAll('.version').map(version => version.text())).toEqual([
    'My words.',
    'Their words.',
    '4½',
    'None',
  ])
})

it('keeps every word of both by default, and mine where they cannot be merged', async () => {
  const { findAll, emitted } = await show(MergeView, { clashes: [BODY, RATING] })
  await findAll('button').at(-1)!.trigger('click')
  expect(emitted('resolve')).toEqual([[{ body: 'My Their words.', rating: 4.5 }]])
})

it('keeps what was chosen or written', async () => {
  const { find, findAll, button, emitted } = await show(MergeView, { clashes: [BODY, RATING] })
  await button(/theirs.*Rating/i).trigger('click')
  await button(/theirs.*Review/i).trigger('click')
  const field = find<HTMLTextAreaElement>('#chosen-body')
  expect(field.element.value).toBe('Their words.')
  await field.setValue('New words.')
  await findAll('button').at(-1)!.trigger('click')
  expect(emitted('resolve')).toEqual([[{ body: 'New words.', rating: null }]])
})

it('does not forget a choice when another field clashes too', async () => {
  const { props, button, findAll, emitted } = await show(MergeView, { clashes: [RATING] })
  await button(/theirs/i).trigger('click')
  props.clashes = [RATING, BODY]
  await findAll('button').at(-1)!.trigger('click')
  expect(emitted('resolve')).toEqual([[{ rating: null, body: 'My Their words.' }]])
})
