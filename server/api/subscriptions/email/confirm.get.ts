/**
 * GET /api/subscriptions/email/confirm?token=: what a confirmation email is about, in words. It
 * changes nothing, because mail scanners open every link.
 */
import { defineEventHandler, setResponseHeader } from 'h3'
import { confirmationQuery } from '../../../../shared/schemas/subscribing'
import { useApp } from '../../../db/open'
import { readQuery } from '../../../http/read-input'
import { useViews } from '../../../queries/views'
import { sayWhyNot } from '../../../readers/confirmation/answer'
import { readConfirmation } from '../../../readers/confirmation/double-opt-in'
import { describeWants, howOften } from '../../../readers/describe-wants'
import { namesFor } from '../../../readers/wants-names'

export default defineEventHandler(async event => {
  setResponseHeader(event, 'cache-control', 'no-store')
  const { token } = await readQuery(event, confirmationQuery)
  const found = await readConfirmation(await useApp(), token, Date.now())
  if (found.state !== 'open' && found.state !== 'confirmed') return sayWhyNot(found.state)
  const wants = JSON.parse(found.reader.asked ?? found.reader.wants)
  return {
    state: found.state,
    asked: describeWants(wants, await namesFor(useViews(), [wants])),
    often: howOften(wants),
  }
})
