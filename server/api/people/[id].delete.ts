/**
 * DELETE /api/people/:id: ends a person's access at once: sessions, password and tokens. Owners may
 * remove anybody but the last owner, editors only critics.
 */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { requireSession } from '../../access'
import { listPeople, mayManage, removePerson } from '../../access/people'
import { problem } from '../../http/problem'

export default defineEventHandler(async event => {
  const who = await requireSession(event, 'editor')
  const people = await listPeople()
  const person = people.find(p => p.id === getRouterParam(event, 'id'))
  if (!person) problem(404, 'No such person')
  if (!mayManage(who, person))
    problem(403, 'Not allowed', 'Only an owner can remove editors and owners.')
  if (person.role === 'owner' && people.filter(p => p.role === 'owner').length === 1)
    problem(409, 'The site needs an owner', 'Make somebody else an owner first.')
  await removePerson(person.id)
  setResponseStatus(event, 204)
})
