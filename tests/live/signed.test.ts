/** Cards on /live name the address of the critic's page, whether they are sent now or made up for later. */
import { expect, it } from 'vitest'
import type { Hub } from '../../server/live/hub'
import { missedBy } from '../../server/live/resume'
import { openMemoryLog } from '../../server/log/memory'
import type { Card } from '../../shared/types/review'
import { shelve } from '../support/shelf'

const sign = async (card: Card) => ({ ...card, critic: { ...card.critic, slug: 'ines-okafor' } })

it('a page that missed an event is sent the address too', async () => {
  const log = openMemoryLog()
  const events = shelve({
    id: 'ikiru',
    title: 'Go',
    film: 'Ikiru',
    publishedAt: '2026-11-14T11:00:00Z',
  })
  const at = '2026-11-14T11:00:00Z'
  await log.append(
    'review-ikiru',
    'none',
    events.map(event => ({ ...event, meta: { actor: 'ines' }, at })),
  )
  const hub = { position: 2, since: () => undefined } as unknown as Hub
  const { missed } = await missedBy('0', { hub, log, siteUrl: 'http://localhost', sign })
  const frame = missed.at(-1)!.bytes.toString()
  expect(JSON.parse(/^data: (.*)$/m.exec(frame)![1]!).critic).toEqual({
    id: 'ines',
    name: 'Ines',
    slug: 'ines-okafor',
  })
})
