/** GET /api/subscriptions/email/me: what is kept about a reader by email. */
import { defineEventHandler, setResponseHeader } from 'h3'
import type { Wants } from '../../../../shared/types/wants'
import { requireMailReader } from '../../../readers/require-reader'

export default defineEventHandler(async event => {
  const { email, wants, confirmed_at } = await requireMailReader(event)
  setResponseHeader(event, 'cache-control', 'private, no-store')
  return {
    email,
    wants: JSON.parse(wants) as Wants,
    confirmedAt: new Date(confirmed_at!).toISOString(),
  }
})
