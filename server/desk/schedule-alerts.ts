/**
 * Alerts editors about the schedule: reviews that it could not publish, and a schedule that fails
 * altogether.
 */
import { appReadOnly, useApp } from '../db/open'
import { closeAlert, tellOperators } from '../delivery/contract/tell-operators'
import { emailPerson } from '../operations/alerts/desk-emails'
import { useViews } from '../queries/views'
import type { ReviewState } from '../review/review'
import { allDiscarded } from './working-copy/discarded'
import type { OpenReview } from './working-copy/open-review'

const REFUSED = 'schedule.refused'
const FAILING = 'schedule.failing'
const WHAT_TO_DO =
  'It is a draft again. Correct what the reason names, then publish it or schedule it again.'

/**
 * An alert is raised just before its review becomes a draft again, so a younger one must not look
 * resolved to another process.
 */
const RESOLVED_AFTER_MS = 10_000

/**
 * The editors get an alert, the critic gets an email of their own; both name the review and say why.
 */
export async function tellRefused(
  { id, content, state, streamVersion }: OpenReview,
  reason: string,
) {
  const app = await useApp()
  const title = content.title || 'Untitled'
  await emailPerson(
    app,
    {
      personId: state.critic.id,
      about: `${REFUSED}:${id}:${streamVersion}`,
      subject: `Not published: ${title}`,
      says: `Your review “${title}” was scheduled and could not be published. ${reason}`,
      todo: WHAT_TO_DO,
      link: `/editor/${id}`,
    },
    Date.now(),
  )
  await tellOperators(
    app,
    {
      about: REFUSED,
      says: 'The schedule could not publish',
      unit: ['review', 'reviews'],
      sample: `“${title}”: ${reason}`,
      todo: WHAT_TO_DO,
      link: `/editor/${id}`,
    },
    Date.now(),
  )
}

/** The reviews stay scheduled. */
export async function tellFailing({ message }: Error) {
  await tellOperators(
    await useApp(),
    {
      about: FAILING,
      says: 'The schedule fails',
      sample: message,
      todo: 'Its reviews stay scheduled, and it tries again every second. Until then you can publish them yourself.',
      link: '/editor',
      lasting: true,
    },
    Date.now(),
  )
}

/**
 * Closes the alerts whose cause is gone: rounds no longer fail, or no refused review is still
 * waiting.
 */
export async function closeScheduleAlerts({ failing }: { failing: boolean }) {
  const now = Date.now()
  const open = await appReadOnly()
    .selectFrom('alerts')
    .select(['about', 'last_at'])
    .where('about', 'in', [REFUSED, FAILING])
    .where('settled_at', 'is', null)
    .execute()
  for (const { about, last_at } of open) {
    if (about === FAILING && failing) continue
    if (about === REFUSED && (now - last_at < RESOLVED_AFTER_MS || (await isAnyWaiting()))) continue
    await closeAlert(await useApp(), about, now)
  }
}

/** Whether a refused review is still a draft that nobody published, scheduled or discarded. */
async function isAnyWaiting(): Promise<boolean> {
  // A draft with more than one event was scheduled before, so these are few.
  const drafts = await useViews()
    .selectFrom('reviews')
    .select(['id', 'state'])
    .where('status', '=', 'draft')
    .where('version', '>', 1)
    .execute()
  const discarded = await allDiscarded(appReadOnly())
  return drafts.some(
    ({ id, state }) => !discarded.has(id) && (JSON.parse(state) as ReviewState).refused,
  )
}
