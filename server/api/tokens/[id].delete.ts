/** DELETE /api/tokens/:id: revokes a token at once. */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { requireSession } from '../../access'
import { revokeToken } from '../../access/tokens'
import { problem } from '../../http/problem'

export default defineEventHandler(async event => {
  const who = await requireSession(event)
  if (!(await revokeToken(who.id, getRouterParam(event, 'id')!))) problem(404, 'No such token')
  setResponseStatus(event, 204)
})
