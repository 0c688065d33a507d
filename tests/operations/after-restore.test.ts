/** How far each part counts as having read after events were put in place from outside. */
import { expect, it } from 'vitest'
import { openAppInMemory } from '../../server/db/open'
import { capCheckpoints } from '../../server/operations/after-restore'

it('no part is before old news or beyond the end of the log', async () => {
  const app = await openAppInMemory()
  for (const [name, checkpoint] of [
    ['new', 0],
    ['behind', 5],
    ['beyond', 900],
  ] as const)
    await app
      .insertInto('consumers')
      .values({
        name,
        checkpoint,
        plan_cursor: '',
        paused: 0,
        lease_until: 0,
        fence: 0,
        updated_at: 0,
      })
      .execute()
  for (const [id, position] of [
    ['told-little', 5],
    ['told-more', 900],
  ] as const)
    await app
      .insertInto('webhooks')
      .values({
        id,
        owner: 'a',
        url: 'https://partner.example/',
        secret: 's',
        shape: 'thin',
        position,
        created_at: 0,
      })
      .execute()
  await app
    .insertInto('hub_subscriptions')
    .values({
      id: 'told-more',
      topic: 'https://mymovies.example/feed.xml',
      callback: 'https://reader.example/',
      host: 'reader.example',
      lease_until: 0,
      position: 900,
      created_at: 0,
    })
    .execute()
  await capCheckpoints(app, 40)
  expect(await app.selectFrom('hub_subscriptions').select('position').execute()).toEqual([
    { position: 40 },
  ])
  expect(
    Object.fromEntries(
      (await app.selectFrom('consumers').select(['name', 'checkpoint']).execute()).map(c => [
        c.name,
        c.checkpoint,
      ]),
    ),
  ).toMatchObject({ new: 40, behind: 5, beyond: 40 })
  expect(
    (await app.selectFrom('webhooks').select('position').orderBy('id').execute()).map(
      w => w.position,
    ),
  ).toEqual([5, 40])
})
