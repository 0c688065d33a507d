/** GET /api/critics: the critics who have a review, the one of the newest review first. */
import { defineEventHandler } from 'h3'
import { answerCacheable } from '../../http/cacheable-answer'
import { listCritics } from '../../queries/critics'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event =>
  answerCacheable(event, JSON.stringify({ items: await listCritics(useViews()) })),
)
