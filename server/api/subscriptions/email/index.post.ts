/** Somebody asks for letters: 202 for any well-formed address, so that nobody learns who is subscribed. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { readInput } from '../../../input'
import { limit } from '../../../limits'
import { askForLetters, asking } from '../../../readers/ask'

export default defineEventHandler(async event => {
  limit(event, 'subscriptions')
  await askForLetters(await readInput(event, asking))
  setResponseStatus(event, 202)
  return { status: 'A letter is on its way. Press the button in it.' }
})
