/** POST /api/auth/sign-out: ends the session; fine without one. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { whoAmI } from '../../access'
import { endSession } from '../../access/sessions'

export default defineEventHandler(async event => {
  await whoAmI(event) // refuses other sites' pages, which could sign people out
  await endSession(event)
  setResponseStatus(event, 204)
})
