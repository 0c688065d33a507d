/**
 * Queues and sends answers to followers. A follow is answered even if this process dies at once: the row
 * is written with the follower, and deleted when the other server has taken the answer. There is no event
 * behind them, so they are not in the ledger.
 */
import type { Kysely } from 'kysely'
import { useApp } from '../../../db/open'
import type { AppTables } from '../../../db/schema'
import { startPolling } from '../../../kit/polling-loop'
import { actorAt } from '../addresses'
import { post, TIMEOUT_MS } from '../delivery/post'
import { removeFollower } from '../followers/store'

export interface Answer {
  sender: string
  recipient: string
  inbox: string
  activity: string
}
type Row = Answer & { id: number; attempts: number; due_at: number }

/** Seconds until the next attempt; after the last one the follower is let go, because they never learnt that they are one. */
const BACKOFF = [2, 10, 60, 600, 3600, 6 * 3600, 24 * 3600]
/** Longer than an attempt takes with both kinds of signatures. */
const CLAIM_MS = 2 * TIMEOUT_MS + 5000
const AT_ONCE = 20

export async function queueAnswer(app: Kysely<AppTables>, answer: Answer, now: number) {
  await app
    .insertInto('fediverse_answers')
    .values({ ...answer, attempts: 0, due_at: now })
    .execute()
}

/** Sends what is due; returns how many were taken. Safe in several processes: the one that moves the due time sends. */
export async function sendAnswers(now = Date.now()): Promise<number> {
  const app = await useApp()
  const due = await app
    .selectFrom('fediverse_answers')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(AT_ONCE)
    .execute()
  const sent = await Promise.all(
    due.map(async row => {
      const claimed = await app
        .updateTable('fediverse_answers')
        .set({ due_at: now + CLAIM_MS })
        .where('id', '=', row.id)
        .where('due_at', '=', row.due_at)
        .executeTakeFirst()
      return Number(claimed.numUpdatedRows) > 0 && sendOne(app, row, now)
    }),
  )
  return sent.filter(Boolean).length
}

async function sendOne(app: Kysely<AppTables>, row: Row, now: number): Promise<boolean> {
  const outcome = await post(row).catch(() => ({ ok: false, gone: true }))
  const seconds = BACKOFF[row.attempts]
  if (!outcome.ok && !outcome.gone && seconds !== undefined) {
    await app
      .updateTable('fediverse_answers')
      .set({ attempts: row.attempts + 1, due_at: now + seconds * 1000 })
      .where('id', '=', row.id)
      .execute()
    return false
  }
  if (!outcome.ok) await removeFollower(app, { actor: row.recipient, follows: actorAt(row.sender) })
  await app.deleteFrom('fediverse_answers').where('id', '=', row.id).execute()
  return outcome.ok
}

let wake = () => {}
export const wakeAnswers = () => wake()

/** Returns a function that stops it. */
export function startAnswers(everyMs = 1000): () => Promise<void> {
  const polling = startPolling(async () => (await sendAnswers().catch(() => 0)) > 0, everyMs)
  wake = polling.wake
  return polling.stop
}
