/**
 * POST /api/setup: creates the first account and signs it in. It takes no Idempotency-Key: the
 * answer is the cookie, and a second call is refused anyway.
 */
import { defineEventHandler, setResponseStatus } from 'h3'
import { Setup } from '../../shared/schemas/people'
import { setUp } from '../access/setup'
import { openSession } from '../access/sign-in'
import { readInput } from '../http/read-input'

export default defineEventHandler(async event => {
  const input = await readInput(event, Setup)
  const person = await setUp(event, input)
  await openSession(event, input.email, input.password)
  setResponseStatus(event, 201)
  return person
})
