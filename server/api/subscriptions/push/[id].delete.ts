/** A browser is forgotten. */
import { defineEventHandler, getRouterParam, sendNoContent } from 'h3'
import { useApp } from '../../../db/open'
import { requirePushReader } from '../../../readers/require-reader'
import { forgetPushReader } from '../../../readers/push-readers'

export default defineEventHandler(async event => {
  const { id } = await requirePushReader(event, getRouterParam(event, 'id')!)
  await forgetPushReader(await useApp(), id)
  return sendNoContent(event)
})
