/**
 * Adds a batch of imported readers in one transaction; readers who are already here, or have left,
 * stay as they are.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Candidate, Departed, Skipped } from './candidates'
import { keepDeparted } from './keep-departed'
import { type Joining, keepMail } from './keep-mail'
import { keepPush } from './keep-push'

/** Returns those that were not added, and why. Within a batch too, who left counts first. */
export const keep = (
  app: Kysely<AppTables>,
  batch: (Candidate | Departed)[],
  joining: Joining,
): Promise<Skipped[]> =>
  app.transaction().execute(async db => {
    const byMail = batch.filter(candidate => 'email' in candidate)
    const byPush = batch.filter(candidate => 'subscription' in candidate)
    const departed = batch.filter(candidate => 'departed' in candidate)
    const gone = await keepDeparted(db, departed, joining)
    return [
      ...gone,
      ...(await keepMail(db, byMail, joining)),
      ...(await keepPush(db, byPush, joining)),
    ]
  })
