/** GET /api/critics: the critics who have a review, the one of the newest review first. */
import { defineEventHandler } from 'h3'
import { answerQuery } from '../../queries/answer-query'
import { listCritics } from '../../queries/critics'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views }) => ({ body: { items: await listCritics(views) } })),
)
