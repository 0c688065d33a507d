/**
 * PATCH /api/subscriptions/push/:id: new wants, or the endpoint with which the push service
 * replaced the old one (`pushsubscriptionchange`).
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { useApp } from '../../../db/open'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { checkTarget } from '../../../outbound/client'
import { withCriticIds } from '../../../readers/critic-ids'
import { changedPushReader } from '../../../readers/push-input'
import { changePushReader } from '../../../readers/push-readers'
import { requirePushReader } from '../../../readers/require-reader'

const input = changedPushReader(url => checkTarget('push', url))

export default defineEventHandler(async event => {
  const { id, wants } = await requirePushReader(event, getRouterParam(event, 'id')!)
  const { subscription, wants: asked } = await readInput(event, input)
  const changes = { subscription, wants: asked && (await withCriticIds(asked)) }
  if (!(await changePushReader(await useApp(), id, { ...changes, now: Date.now() })))
    problem(
      409,
      'The push endpoint is taken',
      'Another subscription with other keys has this endpoint.',
    )
  return { id, wants: changes.wants ?? JSON.parse(wants) }
})
