/**
 * POST /api/subscriptions/push: a browser asks for notifications. 201 for a new one, 200 for the
 * same browser again, 409 for somebody else's endpoint.
 */
import { defineEventHandler, setResponseHeader, setResponseStatus } from 'h3'
import { useApp } from '../../../db/open'
import { limit } from '../../../http/limits'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { useLog } from '../../../log'
import { checkTarget } from '../../../outbound/client'
import { withCriticIds } from '../../../readers/critic-ids'
import { newPushReader } from '../../../readers/push-input'
import { subscribeByPush } from '../../../readers/push-readers'
import { tokenFor } from '../../../readers/tokens'

const input = newPushReader(url => checkTarget('push', url))

export default defineEventHandler(async event => {
  limit(event, 'subscriptions')
  const { subscription, wants } = await readInput(event, input)
  const done = await subscribeByPush(await useApp(), subscription, {
    wants: wants && (await withCriticIds(wants)),
    head: await useLog().head(),
    now: Date.now(),
  })
  if (done.state === 'taken')
    return problem(
      409,
      'The push endpoint is taken',
      'Another subscription with other keys has this endpoint.',
    )
  setResponseStatus(event, done.state === 'new' ? 201 : 200)
  if (done.state === 'new')
    setResponseHeader(event, 'location', `/api/subscriptions/push/${done.id}`)
  return { id: done.id, manageToken: tokenFor('manage-push', done.id), wants: done.wants }
})
