/** GET /atom.xml: the newest reviews as Atom, also with `?genre=`, `?critic=`, `?minRating=`. */
import { defineEventHandler } from 'h3'
import { hubAddress } from '../channels/websub/hub-address'
import { answerFeed } from '../feeds/answer'

export default defineEventHandler(event => answerFeed(event, '/atom.xml', hubAddress()))
