/** GET /api/me: the person who is signed in, or whose token this is. */
import { defineEventHandler } from 'h3'
import { requireSomebody } from '../../access'
import { bioOf } from '../../access/bio'

export default defineEventHandler(async event => {
  const { id, name, email, role, kind, scopes } = await requireSomebody(event)
  const { text: bio } = await bioOf(id)
  return { id, name, email, role, ...(bio && { bio }), kind, scopes }
})
