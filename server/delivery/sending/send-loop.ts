/** Sends what is due for one part, and sleeps until there is more. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Clock } from '../../kit/clock'
import { ClockJumps } from '../../kit/clock-jumps'
import type { Reactor } from '../contract/define-reactor'
import { afterSetBack } from '../ledger/recovery'
import type { Sender } from './sender'
import type { Sleeper } from './sleeper'

const POLL_MS = 5000
/** A row that is due but cannot be claimed yet must not keep the processor busy. */
const SHORTEST_MS = 5

export interface SendLoopContext {
  app: Kysely<AppTables>
  reactor: Reactor
  clock: Clock
  sleeper: Sleeper
  sender: Sender
  holdMs: number
}

export async function sendLoop(
  { app, reactor, clock, sleeper, sender, holdMs }: SendLoopContext,
  isOver: () => boolean,
) {
  const jumps = new ClockJumps(clock)
  while (!isOver()) {
    const jump = jumps.look()
    if (jump && jump.to < jump.from)
      await afterSetBack(app, reactor.name, { from: jump.from, now: jump.to, holdMs })
    const { paused } = await app
      .selectFrom('consumers')
      .select('paused')
      .where('name', '=', reactor.name)
      .executeTakeFirstOrThrow()
    sleeper.forgetWakes()
    const due = paused ? undefined : await sender.round()
    const wait = due === undefined ? POLL_MS : Math.max(due - clock.now(), SHORTEST_MS)
    await sleeper.sleepUntilWoken(Math.min(wait, POLL_MS))
  }
}
