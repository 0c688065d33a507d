/** The button in the letter: from here on the reader is told. A second press answers the same. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { readInput } from '../../../http/read-input'
import { answerConfirmation } from '../../../readers/confirmation/answer'

const Body = z.strictObject({ token: z.string().max(1000) })

export default defineEventHandler(async event => {
  const { token } = await readInput(event, Body)
  return { manageToken: await answerConfirmation(token) }
})
