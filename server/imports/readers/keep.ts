/**
 * Adds a batch of imported readers in one transaction; readers who are already here, or have left,
 * stay as they are.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Candidate, Skipped } from './candidates'
import { type Joining, keepMail } from './keep-mail'
import { keepPush } from './keep-push'

/** Returns those that were not added, and why. */
export const keep = (
  app: Kysely<AppTables>,
  batch: Candidate[],
  joining: Joining,
): Promise<Skipped[]> =>
  app.transaction().execute(async db => {
    const byMail = batch.filter(candidate => 'email' in candidate)
    const byPush = batch.filter(candidate => 'subscription' in candidate)
    return [...(await keepMail(db, byMail, joining)), ...(await keepPush(db, byPush, joining))]
  })
