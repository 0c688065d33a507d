/**
 * Creates the first account: the setup token, which only the server's operator has seen, makes its
 * holder the owner, once.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { H3Event } from 'h3'
import { useSecret } from '../config/secrets'
import { settings } from '../config/settings'
import { limit } from '../http/limits'
import { Problem } from '../http/problem'
import { refuseForeignPage } from '../http/same-origin'
import { addOwner, type NewPerson } from './add-person'
import { isSetUp, type Person } from './people'
import { noteSecurity } from './security-log'
import { refuseWeakPassword } from './weak-passwords'

/** As set, otherwise random, and the same for as long as the data folder exists. */
const setupToken = () => settings().setupToken || useSecret('setup-token').toString('base64url')

export const setupLink = () =>
  `${settings().siteUrl}/setup?token=${encodeURIComponent(setupToken())}`

/** A wrong token counts as an attempt, so that it cannot be guessed here any faster. */
export async function setupState(
  event: H3Event,
  token: string,
): Promise<'open' | 'wrong' | 'done'> {
  if (await isSetUp()) return 'done'
  if (isSetupToken(token)) return 'open'
  limit(event, 'setups')
  return 'wrong'
}

/** 403 for a wrong token, 429 after 20 of those in 10 minutes, 409 once there has been an account. */
export async function setUp(
  event: H3Event,
  { token, ...owner }: NewPerson & { token: string },
): Promise<Person> {
  refuseForeignPage(event)
  if (await isSetUp()) throw alreadySetUp()
  if (!isSetupToken(token)) {
    limit(event, 'setups')
    throw new Problem(
      403,
      'The setup token is wrong',
      'Open the link that the server printed when it started.',
      [{ path: 'token', message: 'is not the one that the server printed when it started' }],
    )
  }
  await refuseWeakPassword(owner.password, owner)
  const person = await addOwner(owner)
  if (!person) throw alreadySetUp()
  await noteSecurity(event, { what: 'account-created', person, about: 'owner' })
  return person
}

const alreadySetUp = () =>
  new Problem(409, 'Already set up', 'There is an owner already. Sign in, or ask to be added.')
const isSetupToken = (token: string) => timingSafeEqual(digest(token), digest(setupToken()))
const digest = (text: string) => createHash('sha256').update(text).digest()
