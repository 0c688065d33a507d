/** DELETE /api/desk/samples: archives every sample review that came with the site. */
import { defineEventHandler } from 'h3'
import { requireRole } from '../../access'
import { runCommand } from '../../desk/review-commands'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  const who = await requireRole(event, 'editor')
  const samples = await useViews()
    .selectFrom('reviews')
    .select('id')
    .where('sample', '=', 1)
    .where('status', '=', 'published')
    .execute()
  for (const { id } of samples)
    await runCommand(id, who, () => ({
      type: 'ArchiveReview',
      data: { reason: 'It was a sample, to show what the site looks like.', actorId: who.id },
      now: new Date().toISOString(),
    }))
  return { removed: samples.length }
})
