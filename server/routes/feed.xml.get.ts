/** GET /feed.xml: the newest reviews as RSS 2.0, also with `?genre=`, `?critic=`, `?minRating=`. */
import { defineEventHandler } from 'h3'
import { hubAddress } from '../channels/websub/hub-address'
import { answerFeed } from '../feeds/answer'

export default defineEventHandler(event => answerFeed(event, '/feed.xml', hubAddress()))
