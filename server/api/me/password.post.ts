/**
 * POST /api/me/password {current, password}: changes the password of the person who is signed in;
 * their other sessions end.
 */
import { defineEventHandler, setResponseStatus } from 'h3'
import { PasswordChange } from '../../../shared/schemas/people'
import { requireSession } from '../../access'
import { changePerson, isPasswordOf } from '../../access/people'
import { openSession } from '../../access/sign-in'
import { limit } from '../../http/limits'
import { refuse } from '../../http/problem'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event)
  const { current, password } = await readInput(event, PasswordChange)
  limit(event, 'signIns')
  if (!(await isPasswordOf(who.id, current))) refuse('current', 'is not your password')
  await changePerson(who.id, { password })
  await openSession(event, who.email, password)
  setResponseStatus(event, 204)
})
