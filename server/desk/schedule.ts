/**
 * Publishes each scheduled review when its time has come, even if that was while the server was
 * down.
 */
import { Problem } from '../http/problem'
import { systemClock } from '../kit/clock'
import { ClockJumps } from '../kit/clock-jumps'
import type { Loaded } from '../log/handle-command'
import { useViews } from '../queries/views'
import { publish } from './publish'
import { type CommandOptions, runCommand } from './review-commands'
import { closeScheduleAlerts, tellFailing, tellRefused } from './schedule-alerts'
import { whyAskFirst } from './schedule-permission'
import { type OpenReview, readReview } from './working-copy/open-review'

const EVERY_MS = 1000
const MOST_AT_ONCE = 500
const CLOCK = { name: 'The schedule' }

/**
 * Returns a function that stops it. Several processes may run this: the log takes each event once.
 */
export function startSchedule(): () => Promise<void> {
  const jumps = new ClockJumps(systemClock)
  let round: Promise<void> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    // What was due before the clock was set back is due still.
    const now = Math.max(Date.now(), jumps.look()?.from ?? 0)
    round = publishDue(new Date(now).toISOString())
      .catch((error: Error) => {
        console.error(`[schedule] ${error.message}`)
      })
      .finally(() => {
        busy = false
      })
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await round
  }
}

/**
 * Runs one round. A review that fails does not hold up the others: it is tried again in the next
 * round, and the editors are alerted.
 */
export async function publishDue(now: string) {
  const due = await useViews()
    .selectFrom('reviews')
    .select('id')
    .where('status', '=', 'scheduled')
    .where('schedule_at', '<=', now)
    .orderBy('schedule_at')
    .limit(MOST_AT_ONCE)
    .execute()
  let failure: Error | undefined
  for (const { id } of due) {
    const error = await publishOne(id, now).catch((error: Error) => error)
    if (!error || error instanceof Superseded) continue
    failure = error
    console.error(`[schedule] ${id}: ${error.message}`)
  }
  if (failure) await tellFailing(failure)
  await closeScheduleAlerts({ failing: failure !== undefined })
}

async function publishOne(id: string, now: string): Promise<undefined> {
  const review = await readReview(id)
  const { status, schedule } = review.state
  if (status !== 'scheduled' || !schedule || schedule.at > now) return
  const commandId = `schedule:${id}:${review.streamVersion}`
  const check = ({ version }: Loaded) => {
    if (version !== review.streamVersion) throw new Superseded()
  }
  const off = { commandId: `${commandId}:off`, check }
  const ask = await whyAskFirst(review)
  if (ask) {
    await refuse(review, ask, off)
    return
  }
  try {
    await publish(review, CLOCK, { parts: schedule.parts, commandId, check })
  } catch (error) {
    if (!isUnfit(error)) throw error
    await refuse(review, error.message, off)
  }
}

/** A refusal of the review as it is, which the next round would only repeat. */
const isUnfit = (error: unknown): error is Problem =>
  error instanceof Problem &&
  error.statusCode >= 400 &&
  error.statusCode < 500 &&
  ![409, 412, 429].includes(error.statusCode)

/**
 * A review that can no longer be published becomes a draft again. The editors are alerted and its
 * critic is emailed first, so that a crash in between tells them twice rather than not at all.
 */
async function refuse(review: OpenReview, reason: string, options: CommandOptions) {
  const { id } = review
  await tellRefused(review, reason)
  await runCommand(
    id,
    CLOCK,
    () => ({ type: 'CancelSchedule', data: { reason }, now: new Date().toISOString() }),
    options,
  )
}

/** The critic cancelled or moved the schedule while the review was being prepared. */
class Superseded extends Error {}
