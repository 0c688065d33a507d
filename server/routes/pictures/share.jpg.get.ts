/** GET /pictures/share.jpg: shown where a page is shared that is about no film. */
import { defineEventHandler } from 'h3'
import { siteScene } from '../../../shared/card/site-scene'
import { answerCacheable } from '../../http/answer/answer-cacheable'
import { drawScene } from '../../media/pictures/draw'

const DAY = 86_400

export default defineEventHandler(async event =>
  answerCacheable(event, await drawScene(siteScene()), 'image/jpeg', DAY),
)
