/** One part's line of the run sheet. */
import { expect, it, vi } from 'vitest'
import RunLine from '../../../components/editor/RunLine.vue'
import { runLine } from '../support/examples'
import { show } from '../support/show'

const open = (given: Parameters<typeof runLine>[0], busy = false) =>
  show(RunLine, { line: runLine(given), busy }, { within: ['ol'] })

it('shows when, how, and how many of how many', async () => {
  const { find } = await open({ told: 1200, of: 1500, after: 4.4 })
  expect(find('.at').text()).toBe('+4.4 s')
  expect(find('.count').text()).toMatch(/^1,200 of 1,500/)
  expect(find('.count svg').exists()).toBe(true)
})

it('links to the post, even without a sentence', async () => {
  const { find } = await open({ url: 'https://mastodon.social/@mm/1', say: undefined })
  expect(find('a').attributes('href')).toBe('https://mastodon.social/@mm/1')
  expect(find('a').text()).not.toBe('')
})

it('sends again what was given up, but not while busy', async () => {
  const { find, emitted } = await open({ dead: 2 })
  await find('button').trigger('click')
  expect(emitted('again')).toHaveLength(1)
  const busy = await open({ dead: 2 }, true)
  expect(busy.find('button').attributes('disabled')).toBe('')
})

it('says when the next attempt is: the time if today, else the date', async () => {
  vi.setSystemTime('2026-11-14T11:00:00.000Z')
  const soon = await open({ state: 'Retrying', nextAt: '2026-11-14T11:00:30.000Z' })
  expect(soon.find('.what').text()).toMatch(/\d\d:00:30$/)
  const now = await open({ state: 'Retrying', nextAt: '2026-11-14T10:59:00.000Z' })
  expect(now.find('.what').text()).toContain('Due now')
  const far = await open({ state: 'Waiting', nextAt: '2026-11-20T11:00:30.000Z' })
  expect(far.find('.what').text()).toMatch(/20 November$/)
})

it('says its own time, and keeps what only repairs need folded away', async () => {
  const { find } = await open({
    state: 'Saved',
    say: undefined,
    of: undefined,
    at: '2026-11-14T11:01:17.000Z',
    detail: 'ReviewPublished, position 1,204',
  })
  expect(find('.what').text()).toMatch(/^at \d\d:01/)
  expect(find<HTMLDetailsElement>('details').element.open).toBe(false)
  expect(find('details').text()).toMatch(/ReviewPublished, position 1,204$/)
  expect(find('.count').text()).toBe('')
})
