/**
 * Slows down guessing one account's password from many addresses, without locking its owner out:
 * where the account is signed in already, the brake does not count.
 */
import { createHmac } from 'node:crypto'
import type { H3Event } from 'h3'
import { useApp } from '../db/open'
import { clientAddress, giveBack, networkKey, take, tooMany } from '../http/limits'
import { sessionSecret } from './accounts'
import { sha256 } from './session-hash'
import { personOfSession } from './sessions'

/**
 * `email` is in small letters. Counts one attempt, and returns what to call if it was right. Past the limit, a network that the
 * account does not know still has one attempt an hour. 429 with Retry-After past that.
 */
export async function brakeGuessing(event: H3Event, email: string): Promise<() => void> {
  const account = sha256(`account ${email}`)
  if (await isKnownHere(event, email)) return () => {}
  const wait = take('guesses', account)
  if (!wait) return () => giveBack('guesses', account)
  const more =
    take('guessesOfNetwork', `${account} ${networkHash(event)}`) || take('moreGuesses', account)
  if (more) throw tooMany(Math.min(wait, more))
  return () => {}
}

/** A keyed hash of the client's network, kept with a session to recognise the network again. */
export const networkHash = (event: H3Event): string =>
  createHmac('sha256', sessionSecret())
    .update(`network ${networkKey(clientAddress(event))}`)
    .digest('base64url')

async function isKnownHere(event: H3Event, email: string): Promise<boolean> {
  if ((await personOfSession(event))?.email === email) return true
  const app = await useApp()
  const session = await app
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.userId')
    .select('sessions.id')
    .where('people.email', '=', email)
    .where('sessions.ipAddress', '=', networkHash(event))
    .where('sessions.expiresAt', '>', new Date().toISOString())
    .limit(1)
    .executeTakeFirst()
  return session !== undefined
}
