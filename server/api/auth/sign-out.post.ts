/** POST /api/auth/sign-out: ends the session; fine without one. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { whoAmI } from '../../access'
import { noteSecurity } from '../../access/security-log'
import { endSession, hasSessionCookie } from '../../access/sessions'
import { requireSameOrigin } from '../../http/same-origin'

export default defineEventHandler(async event => {
  const who = await whoAmI(event)
  // A session that has ended is nobody's, and its cookie is still not for other sites to delete.
  if (hasSessionCookie(event)) requireSameOrigin(event)
  await endSession(event)
  if (who) await noteSecurity(event, { what: 'signed-out', person: who })
  setResponseStatus(event, 204)
})
