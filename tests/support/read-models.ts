/**
 * Read models in memory that follow a log in memory, with a clock that tests let run.
 */
import { sql } from 'kysely'
import { afterEach } from 'vitest'
import { connect } from '../../server/db/connect'
import { onThisThread } from '../../server/db/dialect'
import { handle } from '../../server/log/handle-command'
import { openMemoryLog } from '../../server/log/memory'
import type { ViewTables } from '../../server/queries/tables'
import { defineProjection } from '../../server/read-models/define-projection'
import { type AfterCommit, Projector } from '../../server/read-models/projector'
import { FakeClock } from './fake-clock'
import { content } from './parts'

export interface CountRow {
  id: string
  seen: number
  title: string
}

/** Counts the events of each review; 'poison' in a title cannot be digested. */
export const counting = (version: number, name = 'counts') =>
  defineProjection<CountRow>({
    name,
    version,
    columns: { id: 'text', seen: 'integer', title: 'text' },
    on: {
      ReviewPublished: (row, { data }) => ({
        id: data.id,
        seen: (row?.seen ?? 0) + 1,
        title: data.content.title,
      }),
      ReviewFixed(row, { data }) {
        if (data.changes.title === 'poison') throw new Error('cannot be digested')
        return { ...row!, seen: row!.seen + 1, title: data.changes.title! }
      },
    },
  })

const running: Projector[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(p => p.stop()))
})

export function readModels() {
  const clock = new FakeClock()
  const log = openMemoryLog()
  const views = onThisThread<ViewTables>(connect(':memory:'))
  const now = '2026-11-24T11:00:00.000Z'
  const meta = { actor: 'Ines' }
  const command = async (id: string, type: string, data: object) =>
    (await handle(log, id, { type, data, now } as never, meta)).events.at(-1)!.position
  return {
    clock,
    log,
    views,
    command,
    async publish(id: string) {
      await command(id, 'DraftReview', { id, critic: { id: 'ines', name: 'Ines' } })
      return command(id, 'PublishReview', { id, slug: id, content })
    },
    fix: (id: string, title: string) => command(id, 'FixReview', { changes: { title } }),
    async start(
      projections: ReturnType<typeof counting>[],
      afterCommit?: AfterCommit,
      mostRemembered?: number,
    ) {
      const options = { clock, mostRemembered }
      const projector = new Projector(log, views, projections, afterCommit, options)
      await projector.start()
      running.push(projector)
      return projector
    },
    sql: async (statement: string) => (await sql.raw(statement).execute(views)).rows,
    rows: (table = 'counts', order = 'id') =>
      views
        .selectFrom(table as never)
        .selectAll()
        .orderBy(order as never)
        .execute() as Promise<object[]>,
  }
}
