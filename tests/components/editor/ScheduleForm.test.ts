/** A date and time in a time zone, sent as one instant. */
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import ScheduleForm from '../../../components/editor/ScheduleForm.vue'
import { show } from '../support/show'

async function open() {
  const form = await show(ScheduleForm, {})
  await form.find('[aria-expanded=false]').trigger('click')
  return form
}

it('reads the time in the chosen zone', async () => {
  const { find, emitted } = await open()
  await find('#at').setValue('2026-12-01T20:30')
  await find('#zone').setValue('Asia/Tokyo')
  await find('form').trigger('submit')
  await vi.waitFor(() =>
    expect(emitted('schedule')).toEqual([['2026-12-01T11:30:00Z', 'Asia/Tokyo']]),
  )
})

it('offers the zone of this browser first', async () => {
  const { find } = await open()
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  expect(find<HTMLSelectElement>('#zone').element.value).toBe(timeZone)
})

it('says if no time was chosen, and reports changes', async () => {
  const { find, emitted } = await open()
  await find('form').trigger('submit')
  await flushPromises()
  expect([emitted('missing'), emitted('schedule')]).toEqual([[[]], undefined])
  await find('#at').setValue('2026-12-01T20:30')
  expect(emitted('changed')).toEqual([[]])
})

it('shows the problem at its field, and closes', async () => {
  const { find, findAll, props } = await open()
  props.problem = 'Must be in the future.'
  await flushPromises()
  expect(find('#at').attributes('aria-describedby')).toBe('at-problem')
  await findAll('button').at(-1)!.trigger('click')
  expect(find('form').exists()).toBe(false)
})
