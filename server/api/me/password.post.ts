/**
 * POST /api/me/password {current, password, keepTokens?}: changes the password of the person who is
 * signed in. Their other sessions end, and their API tokens are revoked unless `keepTokens` is true.
 */
import { defineEventHandler, setResponseStatus } from 'h3'
import { PasswordChange } from '../../../shared/schemas/people'
import { requireSession } from '../../access'
import { changePerson, isPasswordOf } from '../../access/people'
import { noteSecurity } from '../../access/security-log'
import { openSession } from '../../access/sign-in'
import { refuseWeakPassword } from '../../access/weak-passwords'
import { limit } from '../../http/limits'
import { refuse } from '../../http/problem'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event)
  const { current, password, keepTokens } = await readInput(event, PasswordChange)
  limit(event, 'signIns', who.caller)
  if (!(await isPasswordOf(who.id, current))) refuse('current', 'is not your password')
  await refuseWeakPassword(password, who)
  await changePerson(who.id, who.id, { password, keepTokens })
  await noteSecurity(event, { what: 'password-changed', person: who })
  await openSession(event, who.email, password)
  setResponseStatus(event, 204)
})
