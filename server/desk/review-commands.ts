/** What the desk does with one review: opens it for somebody, decides, answers once the fact is on disk and this node's pages show it. */
import { getRequestHeader, type H3Event, setResponseHeader, setResponseStatus } from 'h3'
import type { DraftContent } from '../../shared/types/review'
import { mayEdit, type Who } from '../access'
import { settings } from '../config/settings'
import { appReadOnly, useApp } from '../db/open'
import { Problem, problem } from '../http/problem'
import { useLog } from '../log'
import type { Meta } from '../log/event-log'
import { handle, type Handled, load, type Loaded } from '../log/handle-command'
import { useProjector } from '../read-models/use-projector'
import type { ReviewCommand } from '../review/commands'
import { reviewUrl } from '../review/public-review'
import { IllegalReview } from '../review/review'
import { overlay, publishedContent } from './working-copy/content'
import { pendingChanges } from './working-copy/pending-changes'
import { readCopy, resetCopy, type WorkingCopy } from './working-copy/working-copies'

/** A review on somebody's desk. `number` is the version that outsiders see: raised by every change, edits of the copy and events of the log alike. */
export interface OpenReview extends Loaded {
  id: string
  copy: WorkingCopy
  content: DraftContent
  number: number
}

/** Throws 404, or 403 for a critic at another's review. */
export async function openReview(id: string, who: Who): Promise<OpenReview> {
  await useApp() // makes the file that the reader reads
  const [loaded, kept] = await Promise.all([load(useLog(), id), readCopy(appReadOnly(), id)])
  const copy = { ...kept, fields: pendingChanges(kept.fields, kept.base, loaded.events) }
  if (loaded.state.status === 'none') problem(404, 'No such review')
  if (!mayEdit(who, loaded.state.critic.id))
    problem(403, 'Not allowed', 'This is another critic’s review.')
  return {
    ...loaded,
    id,
    copy,
    content: overlay(publishedContent(loaded.state), copy.fields),
    number: copy.edits + loaded.version,
  }
}

/** If-Match (RFC 9110, 13.1.1): stale → 412 with the current number and text, so that nothing typed elsewhere is lost. `command` asks again at the moment of the decision. */
export function requireVersion(event: H3Event, { number, content, state }: OpenReview) {
  const asked = getRequestHeader(event, 'if-match')?.trim()
  if (!asked || asked === '*' || asked.replace(/^W\//, '').replaceAll('"', '') === String(number))
    return
  throw new Problem(412, 'Changed meanwhile', 'Somebody else changed this review.', undefined, {
    headers: { etag: `"${number}"` },
    members: { current: { version: number, status: state.status, ...content } },
  })
}

const metaOf = (who: Who): Meta => ({ actor: who.name, causation: who.caller })

/** What a change starts from: the review as `event` asked for it, checked against its If-Match. A repeat of what `commandId` did already is let through. */
export async function openToChange(event: H3Event, id: string, who: Who, commandId?: string) {
  const review = await openReview(id, who)
  const isRepeat =
    commandId !== undefined && review.events.some(fact => fact.commandId === commandId)
  if (!isRepeat) requireVersion(event, review)
  const check = (loaded: Loaded) =>
    requireVersion(event, { ...review, ...loaded, number: review.copy.edits + loaded.version })
  return { review, check }
}

/** Runs a command and waits (at most 1 s) until this node's pages show it. A command that the review's state forbids: 409; `check` may throw before it. */
export async function runCommand(
  id: string,
  who: Who,
  ask: (loaded: Loaded) => ReviewCommand,
  { commandId, check }: { commandId?: string; check?: (loaded: Loaded) => void } = {},
): Promise<Handled> {
  const handled = await handle(useLog(), id, ask, metaOf(who), { commandId, check }).catch(
    (error: Error) => {
      if (error instanceof IllegalReview)
        throw new Problem(
          409,
          'Not possible now',
          `${error.message[0]!.toUpperCase()}${error.message.slice(1)}.`,
          undefined,
          { members: { reviewStatus: error.status } },
        )
      if (error.name === 'VersionConflict')
        throw new Problem(
          412,
          'Changed meanwhile',
          'Somebody else changed this review at the same moment.',
        )
      throw error
    },
  )
  const position = handled.events.at(-1)?.position
  if (position) await useProjector().passed(position)
  return handled
}

/** The answer to a command: 202 with the fact's place, 200 where nothing new happened. Nobody waits until the copy is settled: who opens it first works that out. */
export async function sendAccepted(
  event: H3Event,
  id: string,
  { events, repeated, after, before }: Handled,
) {
  const copy = await readCopy(appReadOnly(), id)
  const fact = events.at(-1) ?? before.events.at(-1)!
  const version = copy.edits + Math.max(before.version, events.at(-1)?.version ?? 0)
  setResponseHeader(event, 'etag', `"${version}"`)
  if (events.length && !repeated)
    void useApp()
      .then(app => resetCopy(app, copy, [...before.events, ...events]))
      .catch(() => {})
  const url = after.slug && reviewUrl(settings().siteUrl, after.slug)
  setResponseStatus(event, events.length ? 202 : 200)
  return {
    id,
    slug: after.slug,
    url,
    status: after.status,
    version,
    event: { id: fact.id, position: fact.position },
  }
}
