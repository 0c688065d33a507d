/** GET /api/desk/replies?before=: replies from the fediverse, newest first, and whom we do not listen to; for editors. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { requireRole } from '../../../access'
import { deskReplies } from '../../../channels/activitypub/replies/read'
import { readQuery } from '../../../http/read-input'
import { useViews } from '../../../queries/views'

const query = z.object({
  before: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the cursor of an earlier answer')
    .transform(Number)
    .optional(),
})

export default defineEventHandler(async event => {
  await requireRole(event, 'editor')
  const { before } = await readQuery(event, query)
  return deskReplies(useViews(), before)
})
