/**
 * POST /api/subscriptions/email/confirm: the reader confirms, and gets email from here on. A repeat
 * gets the same answer.
 */
import { defineEventHandler } from 'h3'
import { confirmationInput } from '../../../../shared/schemas/subscribing'
import { readInput } from '../../../http/read-input'
import { answerConfirmation } from '../../../readers/confirmation/answer'

export default defineEventHandler(async event => {
  const { token } = await readInput(event, confirmationInput)
  return { manageToken: await answerConfirmation(token) }
})
