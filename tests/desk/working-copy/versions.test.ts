/** The earlier versions of a review: what was typed, and what was public. */
import { expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import { addRevision } from '../../../server/desk/working-copy/revisions'
import { versionsOf } from '../../../server/desk/working-copy/versions'
import type { Recorded } from '../../../server/log/event-log'
import { at, content, life } from '../../projections/life'

it('lists what was public with what was typed, the newest first, and nothing twice', async () => {
  const app = await openAppInMemory()
  const { tree: _, ...published } = content
  const add = (when: string, fields: object) =>
    app
      .transaction()
      .execute(tx =>
        addRevision(tx, 'r1', { version: 9, fields, at: Date.parse(when), actor: 'I' }),
      )
  await add('2026-01-01T00:00:00.000Z', { title: published.title })
  await add('2026-01-01T00:02:00.000Z', published)
  const events = [life.drafted, life.published, life.fixed, life.corrected].map(
    (event, i) =>
      ({ ...event, position: i, version: i, at: at(i + 1), meta: { actor: 'Ines' } }) as Recorded,
  )
  const versions = await versionsOf(app, { id: 'r1', events })
  expect(versions.map(({ reason }) => reason)).toEqual(['correct', 'fix', 'publish', undefined])
  expect(versions[2]!.fields).toEqual(published)
})
