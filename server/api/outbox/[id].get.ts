/** GET /api/outbox/:id: one kept email, with its source and what a mail client would show. */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../access'
import { readOutbox } from '../../channels/mail/outbox'
import { appReadOnly } from '../../db/open'
import { problem } from '../../http/problem'

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const id = getRouterParam(event, 'id')!
  return (
    (await (/^\d{1,15}$/.test(id) ? readOutbox(appReadOnly(), Number(id)) : undefined)) ??
    problem(404, 'No such email')
  )
})
