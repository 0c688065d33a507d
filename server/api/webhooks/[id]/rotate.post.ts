/**
 * POST /api/webhooks/:id/rotate: makes a new secret, shown once; for 24 hours the old one signs
 * too.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { idempotent, onlyOf, requireScope } from '../../../access'
import { rotate } from '../../../channels/webhooks/store'
import { useApp } from '../../../db/open'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const which = { id: getRouterParam(event, 'id')!, onlyOf: onlyOf(who) }
  return idempotent(
    event,
    {},
    async () => {
      const { secret, until } = await rotate(await useApp(), which, Date.now())
      return { id: which.id, secret, previousSecretUntil: new Date(until).toISOString() }
    },
    { secretless: ({ secret: _secret, ...rest }) => rest },
  )
})
