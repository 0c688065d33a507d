/** DELETE /api/uploads/:name: takes a picture down for good, from every review and from the disk. */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { posterId } from '../../../shared/poster-id'
import { mayEdit, requireScope } from '../../access'
import { takeDownPoster } from '../../desk/take-down'
import { problem } from '../../http/problem'
import { uploaderOf } from '../../media/uploads/row'

/** 204, also when it was gone already; 403 for another critic's picture, 404 if nobody uploaded it. */
export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = posterId(getRouterParam(event, 'name') ?? '')
  const uploader = await uploaderOf(id)
  if (uploader === undefined) problem(404, 'No such picture', 'There is nothing at this address.')
  if (!mayEdit(who, uploader!)) problem(403, 'Not allowed', 'This is another critic’s picture.')
  await takeDownPoster(id, who)
  setResponseStatus(event, 204)
})
