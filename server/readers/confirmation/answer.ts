/** Answers a confirmation email, for the page and the API alike. */
import { useApp } from '../../db/open'
import { problem, refuse } from '../../http/problem'
import { useLog } from '../../log'
import { tokenFor } from '../tokens'
import { type Confirmation, confirmByMail } from './double-opt-in'

/**
 * Returns the manage token. Throws 410 if the email is too old or a newer one was sent, 422 for a
 * token that we never issued.
 */
export async function answerConfirmation(token: string): Promise<string> {
  const found = await confirmByMail(await useApp(), token, {
    head: await useLog().head(),
    now: Date.now(),
  })
  if (found.state === 'confirmed') return tokenFor('manage-mail', found.reader.id)
  return sayWhyNot(found.state)
}

export function sayWhyNot(state: Exclude<Confirmation['state'], 'confirmed'>): never {
  const path = 'token'
  if (state === 'expired')
    return problem(
      410,
      'The confirmation link has expired',
      'Subscribe again, and confirm within seven days.',
      [{ path, message: 'is too old' }],
    )
  if (state === 'superseded')
    return problem(
      410,
      'There is a newer confirmation link',
      'There is a newer confirmation email. Press the button in that one.',
      [{ path, message: 'is from an older email' }],
    )
  return refuse(path, 'is not from one of our emails')
}
