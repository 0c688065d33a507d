/** The critics who have a review, who wrote last first. */
import { defineEventHandler } from 'h3'
import { answerCacheable } from '../../cacheable'
import { useViews } from '../../db/open'
import { listCritics } from '../../queries/critics'

export default defineEventHandler(async event =>
  answerCacheable(event, JSON.stringify({ items: await listCritics(useViews()) })),
)
