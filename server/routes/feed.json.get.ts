/**
 * GET /feed.json: the newest reviews as JSON Feed, also with `?genre=`, `?critic=`, `?minRating=`.
 */
import { defineEventHandler } from 'h3'
import { answerFeed } from '../feeds/answer'
import { toJsonFeed } from '../feeds/formats'

export default defineEventHandler(event =>
  answerFeed(event, '/feed.json', 'application/feed+json', toJsonFeed),
)
