/**
 * PATCH /api/people/:id {role?, password?}: another role, or a new password for somebody who forgot
 * theirs. Editors may change critics, owners everybody.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { PersonChange } from '../../../shared/schemas/people'
import { requireSession } from '../../access'
import { changePerson, listPeople, mayManage } from '../../access/people'
import { problem, refuse } from '../../http/problem'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event, 'editor')
  const change = await readInput(event, PersonChange)
  const person = (await listPeople()).find(p => p.id === getRouterParam(event, 'id'))
  if (!person) problem(404, 'No such person')
  if (!mayManage(who, person))
    problem(403, 'Not allowed', 'Only an owner can change editors and owners.')
  if (change.password && person.id === who.id)
    refuse('password', 'is changed under “Your password”, with the current one')
  if (change.role === 'owner' && who.role !== 'owner')
    refuse('role', 'can only be made owner by an owner')
  return (
    (await changePerson(person.id, change)) ??
    problem(409, 'The site needs an owner', 'Make somebody else an owner first.')
  )
})
