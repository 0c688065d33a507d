/** Makes the first account and signs it in. Not kept for an Idempotency-Key: its answer is the cookie, and a second one is refused anyway. */
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
