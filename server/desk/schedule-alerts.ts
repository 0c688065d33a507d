/**
 * Alerts editors about the schedule: reviews that it could not publish, and a schedule that fails
 * altogether.
 */
import { appReadOnly, useApp } from '../db/open'
import { closeAlert, tellOperators } from '../delivery/contract/tell-operators'
import { useLog } from '../log'
import { load } from '../log/handle-command'
import { useViews } from '../queries/views'
import { allDiscarded } from './working-copy/discarded'

const REFUSED = 'schedule.refused'
const FAILING = 'schedule.failing'

/**
 * An alert is raised just before its review becomes a draft again, so a younger one must not look
 * resolved to another process.
 */
const RESOLVED_AFTER_MS = 10_000

/** `sample` names the review and says why. */
export async function tellRefused(id: string, sample: string) {
  await tellOperators(
    await useApp(),
    {
      about: REFUSED,
      says: 'The schedule could not publish',
      unit: ['review', 'reviews'],
      sample,
      todo: 'It is a draft again. Correct what the reason names, then publish it or schedule it again.',
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
    .select('id')
    .where('status', '=', 'draft')
    .where('version', '>', 1)
    .execute()
  const discarded = await allDiscarded(appReadOnly())
  for (const { id } of drafts) {
    if (discarded.has(id)) continue
    const last = (await load(useLog(), id)).events.at(-1)
    if (last?.type === 'ScheduleCancelled' && last.data.reason) return true
  }
  return false
}
