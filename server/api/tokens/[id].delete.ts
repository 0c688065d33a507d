/** DELETE /api/tokens/:id: revokes a token at once; people their own, owners any. */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { requireSession } from '../../access'
import { personById } from '../../access/people'
import { noteSecurity } from '../../access/security-log'
import { revokeToken } from '../../access/tokens'
import { problem } from '../../http/problem'

export default defineEventHandler(async event => {
  const who = await requireSession(event)
  const id = getRouterParam(event, 'id')!
  const revoked = await revokeToken(id, who.role === 'owner' ? undefined : who.id)
  if (!revoked) problem(404, 'No such token')
  const person = (await personById(revoked.user_id)) ?? who
  await noteSecurity(event, { what: 'token-revoked', person, actor: who, about: revoked.name })
  setResponseStatus(event, 204)
})
