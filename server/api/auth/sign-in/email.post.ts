/** POST /api/auth/sign-in/email: exchanges email and password for a session cookie. */
import { defineEventHandler } from 'h3'
import { SignIn } from '../../../../shared/schemas/people'
import { signIn } from '../../../access/sign-in'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  await signIn(event, await readInput(event, SignIn))
  return { signedIn: true }
})
