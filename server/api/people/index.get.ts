/** GET /api/people: the people who may sign in, for editors. */
import { defineEventHandler } from 'h3'
import { requireSession } from '../../access'
import { listPeople } from '../../access/people'

export default defineEventHandler(async event => {
  await requireSession(event, 'editor')
  return { items: await listPeople() }
})
