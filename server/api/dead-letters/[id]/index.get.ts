/** GET /api/dead-letters/:id: what it would say, if it were sent now. */
import { everyReactor } from '../../../delivery/contract/registry'
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { useAppReader } from '../../../db/open'
import { payloadOf } from '../../../operations/dead-letter-preview'
import { useLog } from '../../../log'
import { problem } from '../../../http/problem'
import { settings } from '../../../config/settings'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const id = Number(getRouterParam(event, 'id'))
  return (
    (Number.isSafeInteger(id) &&
      (await payloadOf(
        {
          app: useAppReader(),
          log: useLog(),
          siteUrl: settings().siteUrl,
          reactors: everyReactor(),
        },
        id,
      ))) ||
    problem(404, 'No such dead letter')
  )
})
