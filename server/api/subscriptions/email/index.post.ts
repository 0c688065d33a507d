/**
 * POST /api/subscriptions/email: somebody asks for email. 202 for any well-formed address, so that
 * nobody learns who is subscribed.
 */
import { defineEventHandler, setResponseStatus } from 'h3'
import { limit } from '../../../http/limits'
import { readInput } from '../../../http/read-input'
import { asking, requestConfirmation } from '../../../readers/confirmation/request'

export default defineEventHandler(async event => {
  limit(event, 'subscriptions')
  await requestConfirmation(await readInput(event, asking))
  setResponseStatus(event, 202)
  return { status: 'We sent you an email. Press the button in it to confirm.' }
})
