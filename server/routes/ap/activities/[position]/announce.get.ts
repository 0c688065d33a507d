/** GET /ap/activities/:position/announce: a review that the publication passed on. */
import { defineEventHandler, getRouterParam } from 'h3'
import { activityAt } from '../../../../channels/activitypub/documents/activity-at'
import { answerDocument } from '../../../../channels/activitypub/documents/answer'
import { problem } from '../../../../http/problem'

export default defineEventHandler(event => {
  const position = getRouterParam(event, 'position') ?? ''
  if (!/^[1-9]\d{0,14}$/.test(position))
    return problem(404, 'No such activity', 'Activities have the numbers of positions.')
  return answerDocument(event, {}, views => activityAt(views, Number(position), true))
})
