/** The clock of scheduled reviews: publishes each when its time has come, also when that was while we were down. */
import { useApp } from '../db/open'
import { useLog } from '../log'
import { handle, load, type Loaded } from '../log/handle-command'
import { useViews } from '../queries/views'
import { useProjector } from '../read-models/use-projector'
import { publishable } from './publishable'
import { overlay, publishedContent } from './working-copy/content'
import { pendingChanges } from './working-copy/pending-changes'
import { reserveSlug } from './working-copy/slugs'
import { readCopy, resetCopy } from './working-copy/working-copies'

const LOOK_EVERY_MS = 1000
const META = { actor: 'The schedule' }

/** Stops with the answer. Two processes may both look: the log takes a fact once. */
export function startSchedule(): () => Promise<void> {
  let round: Promise<void> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    round = publishDue(new Date().toISOString())
      .catch((error: Error) => {
        console.error(`[schedule] ${error.message}`)
      })
      .finally(() => {
        busy = false
      })
  }, LOOK_EVERY_MS)
  return async () => {
    clearInterval(timer)
    await round
  }
}

export async function publishDue(now: string) {
  const due = await useViews()
    .selectFrom('reviews')
    .select('id')
    .where('status', '=', 'scheduled')
    .where('schedule_at', '<=', now)
    .orderBy('schedule_at')
    .limit(500)
    .execute()
  for (const { id } of due) {
    // One that fails must not keep the others waiting.
    await publishOne(id, now).catch((error: Error) => {
      if (!(error instanceof Superseded)) console.error(`[schedule] ${id}: ${error.message}`)
    })
  }
}

/** A text that cannot go out any more is taken off the schedule, with the reason, where its critic sees it. */
async function publishOne(id: string, now: string) {
  const app = await useApp()
  const log = useLog()
  const loaded = await load(log, id)
  const { schedule } = loaded.state
  if (loaded.state.status !== 'scheduled' || !schedule || schedule.at > now) return
  const copy = await readCopy(app, id)
  const commandId = `schedule:${id}:${loaded.version}`
  const check = ({ version }: Loaded) => {
    if (version !== loaded.version) throw new Superseded()
  }
  try {
    const content = await publishable(
      overlay(
        publishedContent(loaded.state),
        pendingChanges(copy.fields, copy.base, loaded.events),
      ),
    )
    const slug = await reserveSlug(app, id, content.title)
    const { events } = await handle(
      log,
      id,
      { type: 'PublishReview', data: { id, slug, content, parts: schedule.parts }, now },
      META,
      { commandId, check },
    )
    if (events.length) await resetCopy(app, copy, [...loaded.events, ...events])
    if (events.length) await useProjector().passed(events.at(-1)!.position)
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 422) throw error
    await handle(
      log,
      id,
      { type: 'CancelSchedule', data: { reason: (error as Error).message }, now },
      META,
      { commandId: `${commandId}:off`, check },
    )
  }
}

/** The critic took it off the schedule, or moved it, while its text was made ready. */
class Superseded extends Error {}
