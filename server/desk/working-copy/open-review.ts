/**
 * Opens a review as it is on the desk: its events, and the critic's unpublished changes over what
 * is public.
 */
import type { DraftContent } from '../../../shared/types/review'
import { mayEdit, type Who } from '../../access'
import { appReadOnly, useApp } from '../../db/open'
import { problem } from '../../http/problem'
import { useLog } from '../../log'
import { load, type Loaded } from '../../log/handle-command'
import { overlay, publishedContent } from './content'
import { pendingChanges } from './pending-changes'
import { readCopy, type WorkingCopy } from './working-copy'

/**
 * `version` is what callers see: edits of the copy and events of the log both raise it.
 * `streamVersion` counts only the events.
 */
export interface OpenReview extends Pick<Loaded, 'state' | 'events'> {
  id: string
  copy: WorkingCopy
  content: DraftContent
  version: number
  streamVersion: number
}

/** Opens it for one person. Throws a 404, or a 403 if it is another critic's review. */
export async function openReview(id: string, who: Who): Promise<OpenReview> {
  const review = await readReview(id)
  if (review.state.status === 'none') problem(404, 'No such review')
  if (!mayEdit(who, review.state.critic.id))
    problem(403, 'Not allowed', 'This is another critic’s review.')
  return review
}

/** Opens it for the server itself; a review that does not exist has the status "none". */
export async function readReview(id: string): Promise<OpenReview> {
  await useApp() // creates the file that appReadOnly() opens
  const [{ state, events, version }, stored] = await Promise.all([
    load(useLog(), id),
    readCopy(appReadOnly(), id),
  ])
  const copy = { ...stored, fields: pendingChanges(stored.fields, stored.base, events) }
  return {
    id,
    state,
    events,
    copy,
    content: overlay(publishedContent(state), copy.fields),
    version: copy.edits + version,
    streamVersion: version,
  }
}
