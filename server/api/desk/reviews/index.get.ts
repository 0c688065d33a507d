/**
 * GET /api/desk/reviews: the reviews at the desk, whether draft, scheduled, published or archived:
 * a critic's own, or all of them for an editor.
 */
import { defineEventHandler } from 'h3'
import { requireRole } from '../../../access'
import { deskList } from '../../../desk/desk-list'

export default defineEventHandler(async event => {
  const who = await requireRole(event, 'critic')
  return { items: await deskList(who.role === 'critic' ? who.id : undefined) }
})
