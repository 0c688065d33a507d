/** POST /api/desk/reviews/:id/bring-back: takes a draft out of what was put away. */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { nothing } from '../../../../../shared/schemas/review'
import { requireScope } from '../../../../access'
import { useApp } from '../../../../db/open'
import { open } from '../../../../drafts/desk'
import { bringBack } from '../../../../drafts/discarded'
import { readInput } from '../../../../input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  await readInput(event, nothing)
  await bringBack(await useApp(), (await open(getRouterParam(event, 'id')!, who)).id)
  setResponseStatus(event, 204)
})
