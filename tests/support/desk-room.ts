/**
 * Opens the desk without a server: the real log, databases and read models in their own folder, and
 * the parts that a test needs.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import projections from '#projections'
import type { Who } from '../../server/access'
import { closeDatabases, useApp } from '../../server/db/open'
import { useViewsWriter } from '../../server/db/views-file'
import { defineReactor } from '../../server/delivery/contract/define-reactor'
import { registerReactors } from '../../server/delivery/contract/registry'
import { type OpenReview, readReview } from '../../server/desk/working-copy/open-review'
import { startCopy } from '../../server/desk/working-copy/working-copy'
import { closeLog, useLog } from '../../server/log'
import { handle } from '../../server/log/handle-command'
import { Projector } from '../../server/read-models/projector'
import { startProjector, useProjector } from '../../server/read-models/use-projector'
import type { PartChoices } from '../../server/review/events'
import { movieId } from '../../shared/movie-id'
import type { DraftContent } from '../../shared/types/review'

export const INES: Who = {
  kind: 'session',
  id: 'ines',
  name: 'Ines Okafor',
  email: 'ines@example.com',
  role: 'critic',
  scopes: ['reviews'],
  caller: 'person:ines',
}

export const WRITTEN: DraftContent = {
  title: 'Everyone in Vienna',
  movie: {
    id: movieId('The Third Man', 1949),
    title: 'The Third Man',
    year: 1949,
    genres: ['Thriller'],
  },
  rating: 5,
  summary: 'A zither and a sewer.',
  body: 'Harry Lime arrives late.',
  tags: ['noir'],
  spoiler: false,
}

/**
 * A network whose posts have the title and the critic's own words, and room for ten letters more
 * than the title.
 */
export const shortNetwork = defineReactor({
  name: 'short',
  label: 'Short network',
  on: {},
  render: ({ title }, { text = '' }) => {
    if (text === 'break') throw new TypeError('the picture cannot be drawn')
    return { say: text, ...(title.length + text.length > 30 && { problem: 'is too long' }) }
  },
})

/** Returns a function that closes it. */
export async function openDeskRoom(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'mymovies-desk-'))
  process.env.NUXT_DATA_DIR = folder
  process.env.NUXT_SITE_URL = 'https://example.org'
  registerReactors([shortNetwork])
  await admit(INES)
  const projector = await startProjector(new Projector(useLog(), useViewsWriter(), projections))
  return async () => {
    const stopped = projector.stop()
    await closeLog()
    await stopped
    await closeDatabases()
    rmSync(folder, { recursive: true })
  }
}

/** Gives somebody an account. */
export async function admit({
  id,
  name,
  email,
  role,
}: Pick<Who, 'id' | 'name' | 'email' | 'role'>) {
  const createdAt = new Date().toISOString()
  await (
    await useApp()
  )
    .insertInto('people')
    .values({ id, name, email, role, emailVerified: 1, createdAt, updatedAt: createdAt })
    .onConflict(known => known.column('id').doUpdateSet({ role }))
    .execute()
}

let drafts = 0

/** A draft by Ines with this text. */
export async function draft(content: DraftContent = WRITTEN): Promise<OpenReview> {
  const id = `review-${++drafts}`
  await startCopy(await useApp(), {
    reviewId: id,
    criticId: INES.id,
    fields: content,
    now: Date.now(),
    actor: INES.name,
  })
  await run(id, { type: 'DraftReview', data: { id, critic: { id: INES.id, name: INES.name } } })
  return readReview(id)
}

/** A draft scheduled for long ago, as if the server had been down since. */
export async function overdue(
  content: DraftContent = WRITTEN,
  parts?: PartChoices,
  by: Pick<Who, 'name' | 'caller'> = INES,
) {
  const { id } = await draft(content)
  const schedule = { at: '2020-05-04T09:30:00.000Z', parts }
  await run(id, { type: 'ScheduleReview', data: schedule }, { year: 2019, by })
  return id
}

type Command = Parameters<typeof handle>[2] & object
type WithoutTime<C> = C extends { now: string } ? Omit<C, 'now'> : never

/** Appends straight to the log, past the routes. */
export async function run(
  id: string,
  command: WithoutTime<Command>,
  { year = 2026, by = INES }: { year?: number; by?: Pick<Who, 'name' | 'caller'> } = {},
) {
  const now = `${year}-11-23T20:00:00.000Z`
  const { events } = await handle(useLog(), id, { ...command, now } as never, {
    actor: by.name,
    causation: by.caller,
  })
  if (events.length) await useProjector().passed(events.at(-1)!.position)
}
