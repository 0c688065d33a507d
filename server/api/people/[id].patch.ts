/**
 * PATCH /api/people/:id {role?, password?, bio?}: another role or bio, or a new password for somebody
 * who forgot theirs, which also revokes their API tokens. Editors may change critics, owners everybody.
 */
import { defineEventHandler, getRouterParam, type H3Event } from 'h3'
import { PersonChange } from '../../../shared/schemas/people'
import { requireSession, type Who } from '../../access'
import { refuseChange } from '../../access/change-refused'
import { changePerson, mayManage, type Person, personById, type Role } from '../../access/people'
import { noteSecurity } from '../../access/security-log'
import { refuseWeakPassword } from '../../access/weak-passwords'
import { useAnswers } from '../../http/answer/cache'
import { refuse } from '../../http/problem'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event, 'editor')
  const change = await readInput(event, PersonChange)
  const id = getRouterParam(event, 'id')!
  if (change.password && id === who.id)
    refuse('password', 'is changed under “Account”, with the current one')
  const before = await personById(id)
  if (!before) return refuseChange('unknown')
  if (!mayManage(who, before)) return refuseChange('not allowed')
  if (change.role === 'owner' && who.role !== 'owner')
    refuse('role', 'can only be made owner by an owner')
  if (change.password) await refuseWeakPassword(change.password, before)
  const changed = await changePerson(who.id, id, change)
  if (typeof changed === 'string') return refuseChange(changed)
  if (change.bio !== undefined) useAnswers().purge()
  await note(event, who, { before: before.role, person: changed.person, reset: !!change.password })
  return changed.person
})

async function note(
  event: H3Event,
  actor: Who,
  { before, person, reset }: { before: Role; person: Person; reset: boolean },
) {
  if (person.role !== before) {
    const about = `${before} → ${person.role}`
    await noteSecurity(event, { what: 'role-changed', person, actor, about })
  }
  if (reset) await noteSecurity(event, { what: 'password-reset', person, actor })
}
