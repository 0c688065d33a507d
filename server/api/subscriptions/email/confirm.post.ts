/**
 * POST /api/subscriptions/email/confirm: the reader confirms, and gets email from here on. A repeat
 * gets the same answer.
 */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { readInput } from '../../../http/read-input'
import { answerConfirmation } from '../../../readers/confirmation/answer'

const Body = z.strictObject({ token: z.string().max(1000) })

export default defineEventHandler(async event => {
  const { token } = await readInput(event, Body)
  return { manageToken: await answerConfirmation(token) }
})
