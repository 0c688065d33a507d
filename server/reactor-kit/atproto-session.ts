/** Signs in to an account on an AT Protocol server, and keeps the session while it lasts. */
import type { AtpAgent } from '@atproto/api'
import { type Quota, Stopped } from '../delivery/contract/define-reactor'
import { checkTarget, fetchFor, trusted } from '../outbound/client'
import { isSignedOut, meaningOf } from './atproto-failure'
import { crossOut } from './cross-out'
import { isElsewhere } from './http-answer'

export interface AtprotoAccount {
  /** The part that calls; only it may reach its own configured address. */
  part: string
  /** The network's name, as people read it. */
  label: string
  service: string
  identifier: string
  password: string
}

let signed: { as: string; agent: Promise<AtpAgent> } | undefined

/**
 * Does the work while signed in, and once more if the session had expired. Throws what a failure
 * means for the delivery, and calls `tell` with the limit that it names.
 */
export async function signedIn<Result>(
  account: AtprotoAccount,
  work: (agent: AtpAgent) => Promise<Result>,
  tell: (limit: Quota) => void,
): Promise<Result> {
  const wasSignedIn = signed?.as === JSON.stringify(account)
  const attempt = async () => work(await agentFor(account))
  const explain = (error: unknown) => {
    throw meaningOf(error, account.label, tell)
  }
  try {
    return await attempt()
  } catch (error) {
    if (!isSignedOut(error)) return explain(error)
    signed = undefined
    return wasSignedIn ? attempt().catch(explain) : explain(error)
  }
}

function agentFor(account: AtprotoAccount): Promise<AtpAgent> {
  const as = JSON.stringify(account)
  if (signed?.as === as) return signed.agent
  const session = { as, agent: signIn(account) }
  signed = session
  session.agent.catch(() => {
    if (signed === session) signed = undefined
  })
  return session.agent
}

async function signIn(account: AtprotoAccount): Promise<AtpAgent> {
  const { part, label, service, identifier, password } = account
  const { AtpAgent, CredentialSession } = await import('@atproto/api')
  const purpose = trusted(part, service)
  // A session names the account's own server. We follow it there if the guard allows that, and
  // otherwise stay on the configured one.
  class Session extends CredentialSession {
    override get dispatchUrl() {
      return this.pdsUrl && !checkTarget(purpose, this.pdsUrl.href) ? this.pdsUrl : this.serviceUrl
    }
  }
  const session = new Session(new URL(service), discreetFetch(fetchFor(purpose), account))
  const { data } = await session.login({ identifier, password })
  if (data.active === false)
    throw new Stopped(`${label} says that the account is ${data.status ?? 'not active'}`)
  return new AtpAgent(session)
}

/** Crosses the password out of every answer. Throws a Stopped for a page where no such server is. */
const discreetFetch =
  (fetch: typeof globalThis.fetch, { label, password }: AtprotoAccount): typeof globalThis.fetch =>
  async (...request) => {
    const answer = await fetch(...request)
    const text = await answer.text()
    if (isElsewhere(answer.status, text !== '' && !/^\s*[{[]/.test(text)))
      throw new Stopped(`${label} answered ${answer.status}: a page instead of an answer`)
    return new Response(text ? crossOut(text, [password]) : null, answer)
  }
