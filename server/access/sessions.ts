/**
 * Finds the person of a request's session, and prolongs the session. This runs on every request to
 * the desk, so it is one signature check and one indexed read, without better-auth.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { deleteCookie, getCookie, type H3Event, setCookie } from 'h3'
import { appReadOnly, useApp } from '../db/open'
import { SESSION_SECONDS, sessionSecret } from './accounts'
import type { Person } from './people'
import { sessionCookieAttributes, sessionCookieName } from './session-cookie'
import { sha256 } from './session-hash'

const DAY = 24 * 3600 * 1000
/** However often somebody comes back, after this time they sign in again. */
const YEAR = 365 * DAY

/** When a session ends (ms), as long as nobody uses it. */
export const endOf = ({ createdAt, expiresAt }: { createdAt: string; expiresAt: string }): number =>
  Math.min(Date.parse(expiresAt), lastEndOf(createdAt))

const lastEndOf = (createdAt: string) => Date.parse(createdAt) + YEAR

export async function personOfSession(event: H3Event): Promise<Person | undefined> {
  const token = tokenOf(event)
  if (!token) return undefined
  await useApp()
  const row = await appReadOnly()
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.userId')
    .select(['people.id', 'people.name', 'people.email', 'people.role'])
    .select(['sessions.expiresAt', 'sessions.createdAt'])
    .where('sessions.token', '=', sha256(token))
    .executeTakeFirst()
  if (!row) return undefined
  const { expiresAt, createdAt, ...person } = row
  const now = Date.now()
  const until = endOf({ createdAt, expiresAt })
  if (until <= now) return undefined
  const longer = Math.min(now + SESSION_SECONDS * 1000, lastEndOf(createdAt))
  if (longer > until + DAY) prolong(event, token, { now, until: longer })
  return person
}

/** Ends the session of this request, if it has one. */
export async function endSession(event: H3Event): Promise<void> {
  const token = tokenOf(event)
  if (token)
    await (await useApp()).deleteFrom('sessions').where('token', '=', sha256(token)).execute()
  deleteCookie(event, sessionCookieName(), sessionCookieAttributes())
}

/** Whether the request carries a session's cookie, valid or not. */
export const hasSessionCookie = (event: H3Event): boolean =>
  getCookie(event, sessionCookieName()) !== undefined

/** The hash of this request's session, to tell it from the person's others. */
export function hashOfSession(event: H3Event): string | undefined {
  const token = tokenOf(event)
  return token && sha256(token)
}

/**
 * People who come back every month stay signed in, for a year; written at most once a day, and
 * nobody waits for it.
 */
function prolong(event: H3Event, token: string, { now, until }: { now: number; until: number }) {
  setCookie(event, sessionCookieName(), getCookie(event, sessionCookieName())!, {
    ...sessionCookieAttributes(),
    maxAge: Math.floor((until - now) / 1000),
  })
  const at = new Date(now).toISOString()
  void useApp()
    .then(async app => {
      await app
        .updateTable('sessions')
        .set({ expiresAt: new Date(until).toISOString(), updatedAt: at })
        .where('token', '=', sha256(token))
        .execute()
      await app.deleteFrom('sessions').where('expiresAt', '<', at).execute()
    })
    .catch(() => {})
}

/** The cookie is `token.signature`; undefined without one, or if the signature is not ours. */
function tokenOf(event: H3Event): string | undefined {
  const cookie = getCookie(event, sessionCookieName()) ?? ''
  const dot = cookie.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = cookie.slice(0, dot)
  const given = Buffer.from(cookie.slice(dot + 1))
  const right = Buffer.from(createHmac('sha256', sessionSecret()).update(token).digest('base64'))
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined
}
