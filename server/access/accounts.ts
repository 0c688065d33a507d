/**
 * Sets up better-auth, which does the signing in. It is loaded at the first sign-in, because it
 * takes half a second and 50 MB that serving readers never needs.
 */
import type { BetterAuthOptions, DBAdapter } from 'better-auth'
import { useSecret } from '../config/secrets'
import { settings } from '../config/settings'
import { useApp } from '../db/open'
import { hashPassword, verifyPassword } from './passwords'
import { sessionCookieAttributes, sessionCookieName } from './session-cookie'
import { hashSessionTokens } from './session-hash'

export const SESSION_SECONDS = 30 * 24 * 3600
const PASSWORD_LENGTH = { min: 8, max: 128 }

/**
 * Our settings for better-auth; `database` is left to the caller. Its own origin check, limits and
 * HTTP routes are off, because ours come first (same-origin.ts, limits/).
 */
export const accountOptions = (secret: string, siteUrl: string) =>
  ({
    secret,
    baseURL: siteUrl,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      modelName: 'people',
      additionalFields: { role: { type: 'string', required: true, input: false } },
    },
    session: { modelName: 'sessions', expiresIn: SESSION_SECONDS, cookieCache: { enabled: false } },
    account: { modelName: 'credentials' },
    verification: { modelName: 'verifications' },
    advanced: {
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: sessionCookieName(siteUrl),
          attributes: sessionCookieAttributes(siteUrl),
        },
      },
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  }) as const

let secret: string | undefined
/** Signs the cookies. */
export const sessionSecret = () => (secret ??= useSecret('session').toString('base64url'))

let accounts: ReturnType<typeof open> | undefined
/** better-auth's calls; we use `signInEmail`. */
export const useAccounts = () => (accounts ??= open())

async function open() {
  const [{ betterAuth }, { kyselyAdapter }, app] = await Promise.all([
    import('better-auth/minimal'),
    import('@better-auth/kysely-adapter'),
    useApp(),
  ])
  const database = kyselyAdapter(app, { type: 'sqlite' })
  return betterAuth({
    ...accountOptions(sessionSecret(), settings().siteUrl),
    database: (options: BetterAuthOptions) => hashSessionTokens(database(options) as DBAdapter),
  }).api
}
