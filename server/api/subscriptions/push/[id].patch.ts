/**
 * PATCH /api/subscriptions/push/:id: new wants, or the endpoint with which the push service
 * replaced the old one (`pushsubscriptionchange`).
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { z } from 'zod'
import { wantsSchema } from '../../../../shared/schemas/wants'
import { useApp } from '../../../db/open'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { checkTarget } from '../../../outbound/client'
import { changePushReader } from '../../../readers/push-readers'
import { pushSubscription } from '../../../readers/push-subscription'
import { requirePushReader } from '../../../readers/require-reader'

const Body = z.strictObject({
  subscription: pushSubscription(url => checkTarget('push', url)).optional(),
  wants: wantsSchema.optional(),
})

export default defineEventHandler(async event => {
  const { id, wants } = await requirePushReader(event, getRouterParam(event, 'id')!)
  const changes = await readInput(event, Body)
  if (!(await changePushReader(await useApp(), id, { ...changes, now: Date.now() })))
    problem(
      409,
      'The push endpoint is taken',
      'Another subscription with other keys has this endpoint.',
    )
  return { id, wants: changes.wants ?? JSON.parse(wants) }
})
