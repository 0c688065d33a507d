/** The sentence of a critic about themselves, which the public may read. */
import { appReadOnly, useApp } from '../db/open'

/** `at` is when it last changed, also to nothing. */
export interface Bio {
  text?: string
  at?: Date
}

export async function bioOf(id: string): Promise<Bio> {
  await useApp() // creates the file that appReadOnly() opens
  const person = await appReadOnly()
    .selectFrom('people')
    .select(['bio', 'bioAt'])
    .where('id', '=', id)
    .executeTakeFirst()
  return {
    ...(person?.bio && { text: person.bio }),
    ...(person?.bioAt && { at: new Date(person.bioAt) }),
  }
}
