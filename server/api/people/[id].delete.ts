/**
 * DELETE /api/people/:id: ends a person's access at once: sessions, password and tokens. Owners may
 * remove anybody but the last owner, editors only critics.
 */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { requireSession } from '../../access'
import { refuseChange } from '../../access/change-refused'
import { removePerson } from '../../access/people'
import { noteSecurity } from '../../access/security-log'

export default defineEventHandler(async event => {
  const who = await requireSession(event, 'editor')
  const removed = await removePerson(who.id, getRouterParam(event, 'id')!)
  if (typeof removed === 'string') return refuseChange(removed)
  const { person } = removed
  await noteSecurity(event, { what: 'account-removed', person, actor: who, about: person.role })
  setResponseStatus(event, 204)
})
