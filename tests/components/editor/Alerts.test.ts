/** Alerts stay at the top of the desk until they are resolved or dismissed. */
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import Alerts from '../../../components/editor/Alerts.vue'
import { answer, asked, unreachable } from '../support/server'
import { show } from '../support/show'

const ALERT = {
  about: 'dead-letters:push',
  says: '600 deliveries by Push were given up.',
  sample: 'The push service answered 410',
  todo: 'Send them again or skip them.',
  link: '/editor/parts',
  since: '2026-11-14T11:01:17.000Z',
  lastAt: '2026-11-14T11:01:17.000Z',
}

it('says what happened, one reason, and what to do', async () => {
  answer('GET /api/alerts', { items: [ALERT] })
  const { find, text } = await show(Alerts, {})
  expect(text()).toMatch(
    /given up\.[\s\S]*14 November.*: The push service answered 410\.[\s\S]*skip/,
  )
  expect(find('section').attributes('aria-live')).toBe('polite')
})

it('is hidden while there are no alerts, and shows new ones', async () => {
  vi.useFakeTimers()
  answer('GET /api/alerts', { items: [] })
  const { find, findAll } = await show(Alerts, {})
  expect(find('section').classes()).toContain('hidden')
  answer('GET /api/alerts', { items: [ALERT] })
  await vi.advanceTimersByTimeAsync(6000)
  expect(find('section').classes()).not.toContain('hidden')
  expect(findAll('p')).toHaveLength(1)
})

it('is dismissed by a press, and the focus stays where it was', async () => {
  answer('GET /api/alerts', { items: [ALERT] })
  answer('POST /api/alerts/dead-letters:push/dismiss', {})
  const { find, findAll, button } = await show(Alerts, {})
  answer('GET /api/alerts', { items: [] })
  await button(/Dismiss/).trigger('click')
  await flushPromises()
  expect(asked.map(({ what }) => what)).toContain('POST /api/alerts/dead-letters:push/dismiss')
  expect(findAll('p')).toHaveLength(0)
  expect(document.activeElement).toBe(find('section').element)
})

it('comes back if it could not be dismissed', async () => {
  answer('GET /api/alerts', { items: [ALERT] })
  answer('POST /api/alerts/dead-letters:push/dismiss', unreachable)
  const { button } = await show(Alerts, {})
  await button(/Dismiss/).trigger('click')
  await flushPromises()
  expect(button(/Dismiss/).attributes('disabled')).toBeUndefined()
})
