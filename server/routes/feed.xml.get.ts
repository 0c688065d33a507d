/** GET /feed.xml: the newest reviews as RSS 2.0, also with `?genre=`, `?critic=`, `?minRating=`. */
import { defineEventHandler } from 'h3'
import { answerFeed } from '../feeds/answer'
import { toRss } from '../feeds/formats'

export default defineEventHandler(event =>
  answerFeed(event, '/feed.xml', 'application/rss+xml', toRss),
)
