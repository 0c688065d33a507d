/** Reviews of one kind as rows: each leads to its page and says when it was last touched or will go out. */
import { expect, it } from 'vitest'
import DeskList from '../../../components/editor/DeskList.vue'
import type { DeskItem } from '../../../shared/types/desk'
import { show } from '../support/show'

const item = (given: Partial<DeskItem> = {}): DeskItem => ({
  id: 'r1',
  status: 'draft',
  title: 'On Ikiru',
  critic: 'Ines Okafor',
  touchedAt: '2026-11-14T23:30:00.000Z',
  unpublishedChanges: false,
  sample: false,
  ...given,
})
const open = (...items: DeskItem[]) => show(DeskList, { items, labelledBy: 'drafts' })

it('links to the page of each, even of one without a title', async () => {
  const { findAll } = await open(item(), item({ id: 'r2', title: '' }))
  const links = findAll<HTMLAnchorElement>('a')
  expect(links.map(link => link.text())).toEqual(['On Ikiru', expect.stringMatching(/\w/)])
})

it('shows a rating of 0, and none if there is none', async () => {
  const { findAll } = await open(item({ rating: 0 }), item({ id: 'r2' }))
  expect(findAll('.mk').map(mark => mark.find('svg').exists())).toEqual([true, false])
})

it('shows when it will be published, in the zone that the critic chose', async () => {
  const { find } = await open(
    item({ scheduledFor: '2026-12-01T20:00:00.000Z', timeZone: 'Asia/Tokyo' }),
  )
  expect(find('time').text()).toBe('2 December 2026, 05:00')
  expect(find('time').attributes('datetime')).toBe('2026-12-01T20:00:00.000Z')
})
