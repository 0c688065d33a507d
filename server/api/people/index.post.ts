/** Adds a person. Editors add editors and critics, an owner also owners. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { NewPerson } from '../../../shared/schemas/people'
import { idempotent, requireSession } from '../../access'
import { addPerson } from '../../access/add-person'
import { Problem, refuse } from '../../http/problem'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event, 'editor')
  const { role, ...person } = await readInput(event, NewPerson)
  if (role === 'owner' && who.role !== 'owner')
    refuse('role', 'can be owner only when an owner adds the person')
  // The password stays out of what is remembered of a command, even hashed.
  return idempotent(event, { name: person.name, email: person.email, role }, async () => {
    const added = await addPerson(person, role)
    if (!added)
      throw new Problem(
        409,
        'The email address is taken',
        'Somebody with this email address is here already.',
        [{ path: 'email', message: 'is already in use' }],
      )
    setResponseStatus(event, 201)
    return added
  })
})
