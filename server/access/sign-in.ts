/** Signs somebody in: takes an address and a password, and sets a session cookie. */
import { appendResponseHeader, getRequestHeader, type H3Event } from 'h3'
import { limit } from '../http/limits'
import { Problem } from '../http/problem'
import { refuseForeignPage } from '../http/same-origin'
import { useAccounts } from './accounts'

/**
 * Sets the cookie on the answer. 401 for a wrong address or password (an unknown address takes just
 * as long), 403 from another site's page, 429 after 20 attempts in 10 minutes.
 */
export async function signIn(
  event: H3Event,
  { email, password }: { email: string; password: string },
): Promise<void> {
  refuseForeignPage(event)
  limit(event, 'signIns')
  await openSession(event, email, password)
}

/** Without those checks, for somebody whose account was just created. */
export async function openSession(event: H3Event, email: string, password: string): Promise<void> {
  const { signInEmail } = await useAccounts()
  const { headers } = await signInEmail({
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
}
