/**
 * Finds the person a session cookie belongs to. It runs on every request from the desk, so it is
 * one signature check and one indexed read, without better-auth.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { deleteCookie, getCookie, type H3Event, setCookie } from 'h3'
import type { Kysely } from 'kysely'
import { settings } from '../config/settings'
import { appReadOnly, useApp } from '../db/open'
import type { AppTables } from '../db/schema'
import { SESSION_SECONDS, sessionSecret } from './accounts'
import type { Person } from './people'
import { sha256 } from './session-hash'

const DAY = 24 * 3600 * 1000

const isSecure = () => settings().siteUrl.startsWith('https:')
/** Name and attributes as better-auth sets them. */
const cookieName = () => `${isSecure() ? '__Secure-' : ''}mm.session_token`
const attributes = () =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure() }) as const

export async function personOfSession(event: H3Event): Promise<Person | undefined> {
  const cookie = getCookie(event, cookieName())
  const token = cookie && tokenOf(cookie)
  if (!token) return undefined
  const app = await useApp()
  const row = await appReadOnly()
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.userId')
    .select(['people.id', 'people.name', 'people.email', 'people.role', 'sessions.expiresAt'])
    .where('sessions.token', '=', sha256(token))
    .executeTakeFirst()
  if (!row) return undefined
  const { expiresAt, ...person } = row
  const left = new Date(expiresAt).getTime() - Date.now()
  if (left <= 0) return undefined
  if (left < SESSION_SECONDS * 1000 - DAY) prolong(app, event, token, cookie)
  return person
}

/** Ends the session of this request, if it has one. */
export async function endSession(event: H3Event): Promise<void> {
  const cookie = getCookie(event, cookieName())
  const token = cookie && tokenOf(cookie)
  if (token)
    await (await useApp()).deleteFrom('sessions').where('token', '=', sha256(token)).execute()
  deleteCookie(event, cookieName(), attributes())
}

/**
 * People who come back every month stay signed in; written at most once a day, and nobody waits for
 * it.
 */
function prolong(app: Kysely<AppTables>, event: H3Event, token: string, cookie: string): void {
  const now = Date.now()
  const until = new Date(now + SESSION_SECONDS * 1000).toISOString()
  setCookie(event, cookieName(), cookie, { ...attributes(), maxAge: SESSION_SECONDS })
  void app
    .updateTable('sessions')
    .set({ expiresAt: until, updatedAt: new Date(now).toISOString() })
    .where('token', '=', sha256(token))
    .execute()
    .then(() =>
      app.deleteFrom('sessions').where('expiresAt', '<', new Date(now).toISOString()).execute(),
    )
    .catch(() => {})
}

/** The cookie is `token.signature`; undefined when the signature is not ours. */
function tokenOf(cookie: string): string | undefined {
  const dot = cookie.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = cookie.slice(0, dot)
  const given = Buffer.from(cookie.slice(dot + 1))
  const right = Buffer.from(createHmac('sha256', sessionSecret()).update(token).digest('base64'))
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined
}
