/** Signs somebody in: takes an address and a password, and sets a session cookie. */
import { appendResponseHeader, getRequestHeader, type H3Event } from 'h3'
import type { SecurityEventKind } from '../../shared/types/security-log'
import { useApp } from '../db/open'
import { limit } from '../http/limits'
import { Problem } from '../http/problem'
import { refuseForeignPage } from '../http/same-origin'
import { useAccounts } from './accounts'
import { brakeGuessing, networkHash } from './guessing-brake'
import { noteSecurity } from './security-log'
import { sha256 } from './session-hash'

/**
 * Sets the cookie on the answer. 401 for a wrong address or password (an unknown address takes just
 * as long), 403 from another site's page, 429 after 20 attempts in 10 minutes from one address, or
 * after 30 for one account.
 */
export async function signIn(
  event: H3Event,
  { email, password }: { email: string; password: string },
): Promise<void> {
  refuseForeignPage(event)
  limit(event, 'signIns')
  const address = email.trim().toLowerCase()
  try {
    const isRight = await brakeGuessing(event, address)
    await openSession(event, address, password)
    isRight()
  } catch (error) {
    if (error instanceof Problem)
      note(event, address, error.statusCode === 429 ? 'sign-in-braked' : 'sign-in-failed')
    throw error
  }
  note(event, address, 'signed-in')
}

/** Nobody waits for it: the time of the answer must not tell whether there is such an account. */
function note(event: H3Event, address: string, what: SecurityEventKind): void {
  void personAt(address).then(
    person => person && noteSecurity(event, { what, person }),
    (error: Error) => console.error(`the security log could not be written: ${error.message}`),
  )
}

/** Without those checks, for somebody whose account was just created. */
export async function openSession(event: H3Event, email: string, password: string): Promise<void> {
  const { signInEmail } = await useAccounts()
  const { headers, response } = await signInEmail({
    body: { email, password },
    headers: new Headers({ 'user-agent': getRequestHeader(event, 'user-agent') ?? '' }),
    returnHeaders: true,
  }).catch((error: Error & { statusCode?: number }) => {
    if (error.statusCode && error.statusCode < 500)
      throw new Problem(401, 'Not signed in', 'Wrong email or password.', [
        { path: 'password', message: 'wrong email or password' },
      ])
    throw error
  })
  for (const cookie of headers.getSetCookie()) appendResponseHeader(event, 'set-cookie', cookie)
  const app = await useApp()
  await app
    .updateTable('sessions')
    .set({ ipAddress: networkHash(event) })
    .where('token', '=', sha256(response.token))
    .execute()
}

const personAt = async (address: string) =>
  (await useApp())
    .selectFrom('people')
    .select(['id', 'name'])
    .where('email', '=', address)
    .executeTakeFirst()
