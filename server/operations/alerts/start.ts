/**
 * Every few seconds, checks which parts are stuck and which alerts are resolved, and sends the
 * emails that are due.
 */
import type { Kysely } from 'kysely'
import { dueSoon } from '../../channels/mail/direct-letters'
import type { AppTables } from '../../db/schema'
import type { Reactor } from '../../delivery/contract/define-reactor'
import { forgetMinutes } from '../../delivery/ledger/activity'
import { systemClock } from '../../kit/clock'
import { ClockJumps } from '../../kit/clock-jumps'
import { startPolling } from '../../kit/polling-loop'
import type { EventLog } from '../../log/event-log'
import type { Projector } from '../../read-models/projector'
import { labelOf } from '../part-status'
import { sendDeskEmails } from './desk-emails'
import { queueLetters } from './due'
import { sendLetters } from './letters'
import { type Followed, StandstillWatch } from './watch'

export interface Watched {
  app: Kysely<AppTables>
  log: EventLog
  projector: Pick<Projector, 'followers'>
  reactors: Reactor[]
  canSend: (reactor: Reactor) => true | string
}

const LOOK_EVERY_MS = 5000

/** Returns a function that stops it. */
export function startAlerts(watched: Watched): () => Promise<void> {
  const { app } = watched
  const watch = new StandstillWatch(app)
  const jumps = new ClockJumps(systemClock)
  return startPolling(async () => {
    try {
      if (jumps.look()) await afterClockSet(app, Date.now())
      await watch.look(await followed(watched), Date.now(), systemClock.elapsed())
      await queueLetters(app, Date.now())
      await sendLetters(app, Date.now())
      await sendDeskEmails(app, Date.now())
      await forgetMinutes(app, Date.now())
    } catch (error) {
      console.error(`[alerts] ${(error as Error).message}`)
    }
    return false
  }, LOOK_EVERY_MS).stop
}

async function afterClockSet(app: Watched['app'], now: number) {
  await dueSoon(app, 'alert_letters', now)
  await dueSoon(app, 'desk_emails', now)
}

/**
 * This process's read models and parts; a part that is not set up (any more) needs no attention.
 */
async function followed({ app, log, projector, reactors, canSend }: Watched): Promise<Followed[]> {
  const head = await log.head()
  const rows = new Map(
    (
      await app
        .selectFrom('consumers')
        .select(['name', 'checkpoint', 'plan_cursor', 'paused', 'stopped'])
        .execute()
    ).map(row => [row.name, row]),
  )
  const models = projector.followers.map(({ name, position }) => ({
    name: name.toLowerCase().replaceAll(/[^a-z0-9]/g, '-'),
    label: labelOf(name),
    place: String(position),
    behind: Math.max(0, head - position),
    paused: false,
    stopped: null,
  }))
  return [
    ...models,
    ...reactors.map(reactor => {
      const row = canSend(reactor) === true ? rows.get(reactor.name) : undefined
      return {
        name: reactor.name,
        label: reactor.label,
        place: `${row?.checkpoint} ${row?.plan_cursor}`,
        behind: row ? Math.max(0, head - row.checkpoint) : 0,
        paused: row?.paused === 1,
        stopped: row?.stopped ?? null,
      }
    }),
  ]
}
