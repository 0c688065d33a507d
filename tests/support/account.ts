/**
 * People for tests: an owner made through the API, and calls in their name as their browser or
 * script would send them.
 */
import type { Json } from './json'
import { SETUP_TOKEN } from './server'

export const OWNER = {
  name: 'Ines Okafor',
  email: 'ines@example.org',
  password: 'a wheel above Vienna',
}

export interface Answer {
  status: number
  headers: Headers
  body: Json
}
export interface Call {
  method?: string
  body?: unknown
  headers?: Record<string, string>
}
/** `await ask('/api/tokens', { body: {…} })`; a body makes it a POST. */
export type Caller = (path: string, call?: Call) => Promise<Answer>

/** Makes calls that all have these headers. */
export const caller =
  (url: string, always: Record<string, string> = {}): Caller =>
  async (path, { body, method = body === undefined ? 'GET' : 'POST', headers = {} } = {}) => {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...always,
        ...headers,
      },
      body: sent,
    })
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      body: text && /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text,
    }
  }

/** The cookie that a response sets, as a browser would send it back. */
export const cookieOf = (answer: Answer) =>
  answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')

/** Makes the first account and returns its calls, as from a page of the site. */
export async function makeOwner(url: string, owner = OWNER): Promise<Caller> {
  const made = await caller(url)('/api/setup', { body: { token: SETUP_TOKEN, ...owner } })
  if (made.status !== 201) throw new Error(`no owner: ${JSON.stringify(made.body)}`)
  return caller(url, { cookie: cookieOf(made), origin: url })
}

export async function signIn(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<Caller> {
  const answer = await caller(url)('/api/auth/sign-in/email', { body: { email, password } })
  if (answer.status !== 200) throw new Error(`not signed in: ${JSON.stringify(answer.body)}`)
  return caller(url, { cookie: cookieOf(answer), origin: url })
}

/** Calls with an API token of these scopes. */
export async function withToken(url: string, person: Caller, scopes: string[]): Promise<Caller> {
  const made = await person('/api/tokens', { body: { name: 'a script', scopes } })
  if (made.status !== 201) throw new Error(`no token: ${JSON.stringify(made.body)}`)
  return caller(url, { authorization: `Bearer ${made.body.token}` })
}
