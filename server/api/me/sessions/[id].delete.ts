/** DELETE /api/me/sessions/:id: signs the caller out there at once. */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { requireSession } from '../../../access'
import { endOwnSession } from '../../../access/own-sessions'
import { noteSecurity } from '../../../access/security-log'
import { problem } from '../../../http/problem'

export default defineEventHandler(async event => {
  const who = await requireSession(event)
  if (!(await endOwnSession(who.id, getRouterParam(event, 'id')!))) problem(404, 'No such session')
  await noteSecurity(event, { what: 'session-ended', person: who })
  setResponseStatus(event, 204)
})
