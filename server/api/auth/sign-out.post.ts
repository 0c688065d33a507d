/** Ends the session; fine for somebody who has none. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { whoAmI } from '../../access'
import { endSession } from '../../access/sessions'

export default defineEventHandler(async event => {
  await whoAmI(event) // refuses a page of another site that would sign people out
  await endSession(event)
  setResponseStatus(event, 204)
})
