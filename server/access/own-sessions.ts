/** A person's own sessions: where they are signed in, and how to end one that they do not know. */
import type { H3Event } from 'h3'
import type { OwnSession } from '../../shared/types/own-session'
import { useApp } from '../db/open'
import { endOf, hashOfSession } from './sessions'

/** Newest first. */
export async function sessionsOf(event: H3Event, personId: string): Promise<OwnSession[]> {
  const current = hashOfSession(event)
  const app = await useApp()
  const rows = await app
    .selectFrom('sessions')
    .selectAll()
    .where('userId', '=', personId)
    .where('expiresAt', '>', new Date().toISOString())
    .orderBy('createdAt', 'desc')
    .execute()
  return rows.map(({ id, token, createdAt, updatedAt, expiresAt, userAgent }) => ({
    id,
    current: token === current,
    signedInAt: createdAt,
    usedAt: updatedAt,
    endsAt: new Date(endOf({ createdAt, expiresAt })).toISOString(),
    browser: userAgent ?? '',
  }))
}

/** False when this person has no such session. */
export async function endOwnSession(personId: string, id: string): Promise<boolean> {
  const app = await useApp()
  const { numDeletedRows } = await app
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('userId', '=', personId)
    .executeTakeFirst()
  return Number(numDeletedRows) > 0
}
