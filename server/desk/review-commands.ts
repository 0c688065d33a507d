/**
 * Changes a review for the desk: checks what the caller has seen, runs a command, and answers once
 * the event is on disk and this node's pages show it.
 */
import { getRequestHeader, type H3Event, setResponseHeader, setResponseStatus } from 'h3'
import type { Who } from '../access'
import { settings } from '../config/settings'
import { appReadOnly, useApp } from '../db/open'
import { Problem } from '../http/problem'
import { useLog } from '../log'
import type { Recorded } from '../log/event-log'
import { handle, type Handled, type Loaded } from '../log/handle-command'
import { useProjector } from '../read-models/use-projector'
import type { ReviewCommand } from '../review/commands'
import { IllegalReview } from '../review/illegal-review'
import { reviewUrl } from '../review/public-review'
import { dropUnusedPosters } from './unused-posters'
import { type OpenReview, openReview } from './working-copy/open-review'
import { isPublishing } from './working-copy/pending-changes'
import { readCopy, resetCopy } from './working-copy/working-copy'

/** The person behind a command, or the schedule; `name` is recorded in the log with the event. */
export type Actor = Pick<Who, 'name'> & Partial<Pick<Who, 'caller'>>

/** `check` runs on the review at the moment of the decision and may throw. */
export interface CommandOptions {
  commandId?: string
  check?: (loaded: Loaded) => void
}

/**
 * If-Match (RFC 9110, 13.1.1): a stale version is a 412 with the current one and its text, so that
 * nothing typed elsewhere is lost.
 */
export function requireVersion(event: H3Event, { version, content, state }: OpenReview) {
  const ifMatch = getRequestHeader(event, 'if-match')?.trim()
  if (!ifMatch || ifMatch === '*') return
  if (ifMatch.replace(/^W\//, '').replaceAll('"', '') === String(version)) return
  throw new Problem(
    412,
    'The review has changed',
    'Somebody else changed this review.',
    undefined,
    {
      headers: { etag: `"${version}"` },
      members: { current: { version, status: state.status, ...content } },
    },
  )
}

/** `requireVersion` once more, on the review as it is at the moment of the decision. */
export const versionCheck = (event: H3Event, review: OpenReview) => (loaded: Loaded) =>
  requireVersion(event, {
    ...review,
    state: loaded.state,
    version: review.copy.edits + loaded.version,
  })

/**
 * Opens a review for a change and checks If-Match. A repeat of a command that has already run is
 * let through.
 */
export async function openToChange(event: H3Event, id: string, who: Who, commandId?: string) {
  const review = await openReview(id, who)
  const isRepeat =
    commandId !== undefined && review.events.some(recorded => recorded.commandId === commandId)
  if (!isRepeat) requireVersion(event, review)
  return { review, check: versionCheck(event, review) }
}

/**
 * Waits at most 1 s until this node's pages show the change. Throws 409 for a command that the
 * review's state forbids, 412 if somebody else changes it at the same moment.
 */
export async function runCommand(
  id: string,
  actor: Actor,
  command: (loaded: Loaded) => ReviewCommand,
  options: CommandOptions = {},
): Promise<Handled> {
  const meta = { actor: actor.name, causation: actor.caller }
  const handled = await handle(useLog(), id, command, meta, options).catch(asProblem)
  if (!handled.repeated && handled.events.some(isPublishing)) updateCopySoon(id, handled)
  const position = handled.events.at(-1)?.position
  if (position) await useProjector().passed(position)
  if (handled.events.some(changesFilm)) await dropUnusedPosters().catch(() => {})
  return handled
}

/** It may have lost its poster. What could not be deleted now is deleted within a minute. */
const changesFilm = (event: Recorded) =>
  (event.type === 'ReviewFixed' || event.type === 'ReviewCorrected') &&
  event.data.changes.movie !== undefined

function asProblem(error: Error): never {
  if (error instanceof IllegalReview)
    throw new Problem(
      409,
      'The review is in the wrong state',
      `${error.message[0]!.toUpperCase()}${error.message.slice(1)}.`,
      undefined,
      { members: { reviewStatus: error.status } },
    )
  if (error.name === 'VersionConflict')
    throw new Problem(
      412,
      'The review has changed',
      'Somebody else changed this review at the same moment.',
    )
  throw error
}

/**
 * Runs in the background and may fail: whoever opens the review next works out the same from the
 * events.
 */
function updateCopySoon(id: string, { before, events }: Handled) {
  const update = async () => {
    const app = await useApp()
    await resetCopy(app, await readCopy(appReadOnly(), id), [...before.events, ...events])
  }
  update().catch(() => {})
}

/** Responds to a command: 202 with the event's position, or 200 if nothing new happened. */
export async function sendAccepted(
  event: H3Event,
  id: string,
  { events, after, before }: Pick<Handled, 'events' | 'after' | 'before'>,
) {
  const { edits } = await readCopy(appReadOnly(), id)
  const recorded = events.at(-1) ?? before.events.at(-1)!
  const version = edits + Math.max(before.version, events.at(-1)?.version ?? 0)
  setResponseHeader(event, 'etag', `"${version}"`)
  setResponseStatus(event, events.length ? 202 : 200)
  return {
    id,
    slug: after.slug,
    url: after.slug && reviewUrl(settings().siteUrl, after.slug),
    status: after.status,
    version,
    event: { id: recorded.id, position: recorded.position },
  }
}
