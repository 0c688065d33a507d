/** All earlier versions of a review: its revisions on the desk, and each text that was public. */
import type { Kysely } from 'kysely'
import { canonical } from '../../../shared/canonical'
import type { DeskRevision } from '../../../shared/types/desk'
import type { AppTables } from '../../db/schema'
import type { Recorded } from '../../log/event-log'
import { evolve, initialState, type ReviewState } from '../../review/review'
import { type Changes, publishedContent } from './content'
import type { OpenReview } from './open-review'
import { revisionsOf } from './revisions'

type Version = Omit<DeskRevision, 'fields'> & { fields: Changes }

const REASONS: Partial<Record<Recorded['type'], DeskRevision['reason']>> = {
  ReviewPublished: 'publish',
  ReviewFixed: 'fix',
  ReviewCorrected: 'correct',
}

/** Newest first; the same text twice in a row is one version. */
export async function versionsOf(
  app: Kysely<AppTables>,
  { id, events }: Pick<OpenReview, 'id' | 'events'>,
): Promise<Version[]> {
  const revisions = (await revisionsOf(app, id)).map(revision => ({
    ...revision,
    id: `revision-${revision.id}`,
  }))
  const all = [...revisions, ...published(events)].sort((a, b) => compare(b.at, a.at))
  return all.reduce<Version[]>((versions, version) => {
    const newer = versions.at(-1)
    const isRepeat = newer && canonical(newer.fields) === canonical(version.fields)
    if (!isRepeat) return [...versions, version]
    return newer.reason ? versions : [...versions.slice(0, -1), version]
  }, [])
}

function published(events: Recorded[]): Version[] {
  let state: ReviewState = initialState
  return events.flatMap(event => {
    state = evolve(state, event)
    const reason = REASONS[event.type]
    if (!reason) return []
    const { version, at, meta, position } = event
    return {
      id: `event-${position}`,
      version,
      at,
      actor: meta.actor,
      fields: publishedContent(state),
      reason,
    }
  })
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b)
