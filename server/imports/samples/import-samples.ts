/** Imports the sample reviews into a new site, through the same commands as a critic's reviews. */
import type { Kysely } from 'kysely'
import { settings } from '../../config/settings'
import { useApp } from '../../db/open'
import type { AppTables } from '../../db/schema'
import type { EventLog } from '../../log/event-log'
import { handle, streamOf } from '../../log/handle-command'
import type { Sample } from './read-samples'

const CRITIC = { id: 'mymovies', name: 'MyMovies' }
const META = { actor: 'seed' }

/** Made from the slug, so that an interrupted import can continue. */
export const sampleId = (slug: string) => `sample-${slug}`

/** For startup: imports when the log is empty and the operator has not set NUXT_SEED=false. */
export async function seedSamples(log: EventLog): Promise<void> {
  if (!settings().seed || (await log.head()) >= MOST_EVENTS) return
  const { default: samples } = await import('#samples')
  await importSamples(log, await useApp(), samples)
}

/**
 * A log with this many events is not an interrupted import, and startup need not load the samples
 * to know that.
 */
const MOST_EVENTS = 100

/** How many samples are in the log now; 0 when it has anything else and was left alone. */
export async function importSamples(
  log: EventLog,
  app: Kysely<AppTables>,
  samples: Sample[],
): Promise<number> {
  if (!(await isUnused(log, samples))) return 0
  await app
    .insertInto('slugs')
    .values(samples.map(({ slug }) => ({ slug, review_id: sampleId(slug) })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
  // Requested together, written in this order: the log commits everything that is waiting at once.
  await Promise.all(samples.map(sample => draft(log, sample)))
  await Promise.all(samples.map(sample => publish(log, sample)))
  return samples.length
}

/** Whether the log is empty, or has only an interrupted import of these samples. */
async function isUnused(log: EventLog, samples: Sample[]): Promise<boolean> {
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
