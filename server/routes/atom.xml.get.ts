/** GET /atom.xml: the newest reviews as Atom, also with `?genre=`, `?critic=`, `?minRating=`. */
import { defineEventHandler } from 'h3'
import { answerFeed } from '../feeds/answer'
import { toAtom } from '../feeds/formats'

export default defineEventHandler(event =>
  answerFeed(event, '/atom.xml', 'application/atom+xml', toAtom),
)
