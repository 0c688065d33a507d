/** GET /api/tokens: the caller's tokens, an owner's answer has everybody's; without their secrets. */
import { defineEventHandler } from 'h3'
import { requireSession } from '../../access'
import { listTokens } from '../../access/tokens'

export default defineEventHandler(async event => {
  const { id, role } = await requireSession(event)
  return { items: await listTokens(role === 'owner' ? undefined : id) }
})
