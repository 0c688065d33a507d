/** GET /api/desk/reviews: what lies on the desk: a critic's own reviews, an editor's all; drafts, scheduled, published, archived. */
import { defineEventHandler } from 'h3'
import { requireRole } from '../../../access'
import { deskList } from '../../../desk/desk-list'

export default defineEventHandler(async event => {
  const who = await requireRole(event, 'critic')
  return { items: await deskList(who.role === 'critic' ? who.id : undefined) }
})
