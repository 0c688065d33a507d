/** POST /api/desk/replies/block {reply, what}: the author of a reply, or their whole server, is listened to no more. */
import { defineEventHandler } from 'h3'
import { blockAuthor } from '../../../../shared/schemas/replies'
import { requireRole } from '../../../access'
import { blockAuthorOf } from '../../../channels/activitypub/replies/moderate'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireRole(event, 'editor')
  const { reply, what } = await readInput(event, blockAuthor)
  await blockAuthorOf(reply, what, who.name, Date.now())
  return { blocked: what }
})
