/** POST /api/desk/replies/unblock {who}: a person, or a server, may follow and reply again. */
import { defineEventHandler } from 'h3'
import { unblockWho } from '../../../../shared/schemas/replies'
import { requireRole } from '../../../access'
import { unblock } from '../../../channels/activitypub/replies/blocks'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  await requireRole(event, 'editor')
  const { who } = await readInput(event, unblockWho)
  return { unblocked: await unblock(who) }
})
