/** Answers to commands that carried an Idempotency-Key, kept for 48 hours. */
import { useApp } from '../db/open'

const HOUR = 3600_000
const KEPT = 48 * HOUR

export interface KeptAnswer {
  bodyHash: string
  status: number
  body: unknown
  location?: string
}

let lastPruned = 0

export async function readAnswer(key: string): Promise<KeptAnswer | undefined> {
  const row = await (
    await useApp()
  )
    .selectFrom('idempotency')
    .select(['body_hash', 'status', 'answer'])
    .where('key', '=', key)
    .where('at', '>', Date.now() - KEPT)
    .executeTakeFirst()
  return (
    row && {
      bodyHash: row.body_hash,
      status: row.status,
      ...(JSON.parse(row.answer) as Pick<KeptAnswer, 'body' | 'location'>),
    }
  )
}

/**
 * The command is already done, so failing to keep its answer must not make it look as if it failed.
 */
export async function keepAnswer(
  key: string,
  { bodyHash, status, body, location }: KeptAnswer,
): Promise<void> {
  const row = {
    body_hash: bodyHash,
    status,
    answer: JSON.stringify({ body, location }),
    at: Date.now(),
  }
  try {
    const app = await useApp()
    await app
      .insertInto('idempotency')
      .values({ key, ...row })
      .onConflict(taken => taken.column('key').doUpdateSet(row))
      .execute()
    if (row.at - lastPruned > HOUR) {
      lastPruned = row.at
      await app
        .deleteFrom('idempotency')
        .where('at', '<', row.at - KEPT)
        .execute()
    }
  } catch (error) {
    console.error('an answer could not be kept for its Idempotency-Key:', (error as Error).message)
  }
}
