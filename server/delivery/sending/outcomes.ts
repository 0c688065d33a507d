/**
 * Writes what became of a batch of sends in one transaction: the rows of the ledger, the part's
 * minute, and an alert for what died.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Reactor } from '../contract/define-reactor'
import { tellOperators } from '../contract/tell-operators'
import { addToMinute } from '../ledger/activity'
import { type RecordedOutcome, recordOutcomes } from '../ledger/record-outcomes'

/**
 * `failed` is true for every failed attempt, including one that will be tried again; `at` (ms) is
 * when it was known.
 */
export type Outcome = RecordedOutcome & { failed: boolean; at: number }

export async function writeOutcomes(
  app: Kysely<AppTables>,
  { name, label }: Pick<Reactor, 'name' | 'label'>,
  claim: string,
  outcomes: Outcome[],
  now: number,
) {
  const accepted = outcomes.filter(o => o.state === 'accepted').length
  const failed = outcomes.filter(o => o.failed).length
  const dead = outcomes.filter(o => o.state === 'dead')
  await app.transaction().execute(async tx => {
    await recordOutcomes(tx, claim, outcomes.map(stillWaiting(now)), now)
    await addToMinute(tx, name, { accepted, failed }, now)
    if (!dead.length) return
    const n = await countDead(tx, dead)
    if (n)
      await tellOperators(
        tx,
        {
          about: deadAbout(name),
          says: `${label} gave up`,
          unit: ['delivery', 'deliveries'],
          sample: dead.at(-1)!.reason ?? undefined,
          todo: 'Read the reason, then send them again or skip them.',
          link: '/editor/parts#dead',
          count: n,
        },
        now,
      )
  })
}

/**
 * If the clock was set back before this is written, the next attempt waits as long as it should have.
 */
const stillWaiting =
  (now: number) =>
  (outcome: Outcome): Outcome =>
    outcome.state === 'retry' && outcome.at > now
      ? { ...outcome, dueAt: now + Math.max(0, outcome.dueAt - outcome.at) }
      : outcome

/** Asks the ledger, because a delivery that was held meanwhile did not die. */
async function countDead(app: Kysely<AppTables>, outcomes: Outcome[]): Promise<number> {
  const ids = outcomes.map(({ id }) => id)
  const { n } = await app
    .selectFrom('deliveries')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('id', 'in', sql<number>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .where('state', '=', 'dead')
    .executeTakeFirstOrThrow()
  return n
}

/** The name of the alert about a part's dead letters. */
export const deadAbout = (part: string) => `${part}.dead`
