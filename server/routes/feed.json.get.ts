/**
 * GET /feed.json: the newest reviews as JSON Feed, also with `?genre=`, `?critic=`, `?minRating=`.
 */
import { defineEventHandler } from 'h3'
import { hubAddress } from '../channels/websub/hub-address'
import { answerFeed } from '../feeds/answer'

export default defineEventHandler(event => answerFeed(event, '/feed.json', hubAddress()))
