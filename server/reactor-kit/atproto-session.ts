/** The account at a server of the AT protocol as we are signed in to it, kept while it lasts. */
import type { AtpAgent } from '@atproto/api'
import { type Quota, Stopped } from '../delivery/contract/define-reactor'
import { checkTarget, fetchFor, trusted } from '../outbound/client'
import { isSignedOut, meaningOf } from './atproto-failure'
import { crossOut } from './cross-out'

export interface AtprotoAccount {
  /** The part that calls; only it may reach its own configured address. */
  part: string
  /** The network's name for people. */
  label: string
  service: string
  identifier: string
  password: string
}

let signed: { as: string; agent: Promise<AtpAgent> } | undefined

/** Does the work signed in, anew once where the session has run out meanwhile. Throws what a failure means for the delivery, and `tell`s the limit that it names. */
export async function signedIn<Result>(
  account: AtprotoAccount,
  work: (agent: AtpAgent) => Promise<Result>,
  tell: (limit: Quota) => void,
): Promise<Result> {
  const wasIn = signed?.as === JSON.stringify(account)
  const attempt = async () => work(await enter(account))
  const explain = (error: unknown) => {
    throw meaningOf(error, account.label, tell)
  }
  try {
    return await attempt()
  } catch (error) {
    if (!isSignedOut(error)) return explain(error)
    signed = undefined
    return wasIn ? attempt().catch(explain) : explain(error)
  }
}

function enter(account: AtprotoAccount): Promise<AtpAgent> {
  const as = JSON.stringify(account)
  if (signed?.as === as) return signed.agent
  const mine = (signed = { as, agent: signIn(account) })
  mine.agent.catch(() => {
    if (signed === mine) signed = undefined
  })
  return mine.agent
}

async function signIn(account: AtprotoAccount): Promise<AtpAgent> {
  const { part, label, service, identifier, password } = account
  const { AtpAgent, CredentialSession } = await import('@atproto/api')
  const purpose = trusted(part, service)
  // A session names the account's own server. We follow where the guard lets us, and stay at the one that was configured where not.
  class Session extends CredentialSession {
    override get dispatchUrl() {
      return this.pdsUrl && !checkTarget(purpose, this.pdsUrl.href) ? this.pdsUrl : this.serviceUrl
    }
  }
  const session = new Session(new URL(service), discreetFetch(fetchFor(purpose), password))
  const { data } = await session.login({ identifier, password })
  if (data.active === false)
    throw new Stopped(`${label} says that the account is ${data.status ?? 'not active'}`)
  return new AtpAgent(session)
}

/** The password is crossed out of every answer. */
const discreetFetch =
  (fetch: typeof globalThis.fetch, password: string): typeof globalThis.fetch =>
  async (...request) => {
    const answer = await fetch(...request)
    const text = await answer.text()
    return new Response(text ? crossOut(text, [password]) : null, answer)
  }
