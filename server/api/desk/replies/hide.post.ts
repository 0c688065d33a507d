/** POST /api/desk/replies/hide {id, hidden}: takes a reply off the page of its review, or puts it back. */
import { defineEventHandler } from 'h3'
import { hideReply } from '../../../../shared/schemas/replies'
import { requireRole } from '../../../access'
import { hide } from '../../../channels/activitypub/replies/moderate'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  await requireRole(event, 'editor')
  const { id, hidden } = await readInput(event, hideReply)
  await hide(id, hidden, Date.now())
  return { hidden }
})
