/** DELETE /api/subscriptions/push/:id: forgets a browser. */
import { defineEventHandler, getRouterParam, sendNoContent } from 'h3'
import { useApp } from '../../../db/open'
import { forgetPushReader } from '../../../readers/push-readers'
import { requirePushReader } from '../../../readers/require-reader'

export default defineEventHandler(async event => {
  const { id } = await requirePushReader(event, getRouterParam(event, 'id')!)
  await forgetPushReader(await useApp(), id)
  return sendNoContent(event)
})
