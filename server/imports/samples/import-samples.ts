/** Puts the sample reviews on the bare shelf of a new house, through the commands that a critic's reviews go through. */
import type { Kysely } from 'kysely'
import { settings } from '../../config/settings'
import { useApp } from '../../db/open'
import type { AppTables } from '../../db/schema'
import type { EventLog } from '../../log/event-log'
import { handle, streamOf } from '../../log/handle-command'
import type { Sample } from './read-samples'

const CRITIC = { id: 'mymovies', name: 'MyMovies' }
const META = { actor: 'seed' }

/** Made of the slug, so that an import that broke off goes on where it was. */
export const sampleId = (slug: string) => `sample-${slug}`

/** For the start of the process: imports when the log is empty and the operator has not said NUXT_SEED=false. */
export async function seedSamples(log: EventLog): Promise<void> {
  if (!settings().seed || (await log.head()) >= MOST_EVENTS) return
  const { default: samples } = await import('#samples')
  await importSamples(log, await useApp(), samples)
}

/** A log of so many events is no import that broke off; a start need not load the samples to see it. */
const MOST_EVENTS = 100

/** How many samples are in the log now; 0 when it holds anything else and was left alone. */
export async function importSamples(
  log: EventLog,
  app: Kysely<AppTables>,
  samples: Sample[],
): Promise<number> {
  if (!(await isBare(log, samples))) return 0
  await app
    .insertInto('slugs')
    .values(samples.map(({ slug }) => ({ slug, review_id: sampleId(slug) })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
  // Asked for together, kept in this order: the log writes what waits in one go.
  await Promise.all(samples.map(sample => draft(log, sample)))
  await Promise.all(samples.map(sample => publish(log, sample)))
  return samples.length
}

/** Nothing yet, or an import of these that broke off. */
async function isBare(log: EventLog, samples: Sample[]): Promise<boolean> {
  if ((await log.head()) >= 2 * samples.length) return false
  const ours = new Set(samples.map(({ slug }) => streamOf(sampleId(slug))))
  const events = await log.read({ after: 0, limit: 2 * samples.length })
  return events.every(event => ours.has(event.stream) && event.meta.actor === META.actor)
}

const draft = (log: EventLog, { slug, publishedAt }: Sample) =>
  handle(
    log,
    sampleId(slug),
    {
      type: 'DraftReview',
      data: { id: sampleId(slug), critic: CRITIC, sample: true },
      now: publishedAt,
    },
    META,
  )

const publish = (log: EventLog, { slug, publishedAt, content }: Sample) =>
  handle(
    log,
    sampleId(slug),
    { type: 'PublishReview', data: { id: sampleId(slug), slug, content }, now: publishedAt },
    META,
  )
