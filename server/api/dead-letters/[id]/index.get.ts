/** GET /api/dead-letters/:id: what it would say if it were sent now. */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { appReadOnly } from '../../../db/open'
import { everyReactor } from '../../../delivery/contract/registry'
import { useSubjects } from '../../../delivery/planning/context'
import { problem } from '../../../http/problem'
import { deadLetterPreview } from '../../../operations/dead-letter-preview'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const id = Number(getRouterParam(event, 'id'))
  if (!Number.isSafeInteger(id)) problem(404, 'No such dead letter')
  const context = { app: appReadOnly(), subjects: useSubjects(), reactors: everyReactor() }
  return (await deadLetterPreview(context, id)) ?? problem(404, 'No such dead letter')
})
