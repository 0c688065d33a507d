/** POST /api/people: adds a person. Editors add editors and critics; owners add owners too. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { NewPerson } from '../../../shared/schemas/people'
import { idempotent, requireSession } from '../../access'
import { addPerson } from '../../access/add-person'
import { noteSecurity } from '../../access/security-log'
import { refuseWeakPassword } from '../../access/weak-passwords'
import { Problem, refuse } from '../../http/problem'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event, 'editor')
  const { role, ...person } = await readInput(event, NewPerson)
  if (role === 'owner' && who.role !== 'owner')
    refuse('role', 'can only be owner if an owner adds the person')
  await refuseWeakPassword(person.password, person)
  // The password is left out of what is kept for the Idempotency-Key, even as a hash.
  return idempotent(event, { name: person.name, email: person.email, role }, async () => {
    const added = await addPerson(person, role)
    if (!added)
      throw new Problem(
        409,
        'The email address is taken',
        'There is already an account with this email address.',
        [{ path: 'email', message: 'is already in use' }],
      )
    await noteSecurity(event, { what: 'account-created', person: added, actor: who, about: role })
    setResponseStatus(event, 201)
    return added
  })
})
