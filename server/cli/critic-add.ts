/** Creates an account for somebody who will write here. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { addPerson } from '../access/add-person'
import { noteSecurity } from '../access/security-log'
import { type Command, Complaint, Misuse } from './command'
import { existingDataFolder } from './existing-data-folder'

const shape = z.object({
  email: z.email('is not an email address'),
  name: z
    .string('is missing')
    .trim()
    .min(1, 'is missing')
    .max(100, 'is too long')
    .regex(/^\P{Cc}*$/u, 'must be one line'),
  role: z.enum(['critic', 'editor', 'owner'], 'must be critic, editor or owner'),
})

export const criticAdd: Command = {
  usage: 'EMAIL NAME [critic|editor|owner]',
  says: 'creates an account and prints its first password',
  async run([email, name, role = 'critic']) {
    const read = shape.safeParse({ email, name, role })
    if (!read.success)
      throw new Misuse(
        read.error.issues
          .map(issue => `${String(issue.path[0]).toUpperCase()} ${issue.message}`)
          .join('; '),
      )
    existingDataFolder()
    const password = randomBytes(12).toString('base64url')
    const person = await addPerson({ ...read.data, password }, read.data.role)
    if (!person)
      throw new Complaint(`There is already an account with the address ${read.data.email}.`)
    await noteSecurity(undefined, { what: 'account-created', person, about: role })
    return [`${person.name} can sign in as ${person.email} (${person.role}). Password: ${password}`]
  },
}
