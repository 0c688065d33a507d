/** A failed post is sent again in other words, or in the channel's own. */
import { expect, it } from 'vitest'
import FailedPostWords from '../../../components/editor/FailedPostWords.vue'
import { show } from '../support/show'

it('sends the text that was typed, never an empty one', async () => {
  const { find, emitted } = await show(FailedPostWords, { about: 'On Ikiru by X, number 7' })
  await find('form').trigger('submit')
  await find('textarea').setValue('  ')
  await find('form').trigger('submit')
  expect(emitted('send')).toBeUndefined()
  await find('textarea').setValue('See it twice.')
  await find('form').trigger('submit')
  expect(emitted('send')).toEqual([['See it twice.']])
})

it('goes back to the channel’s own words', async () => {
  const { find, emitted } = await show(FailedPostWords, { about: 'On Ikiru by X, number 7' })
  await find('[type=button]').trigger('click')
  expect(emitted('send')).toEqual([[null]])
})
