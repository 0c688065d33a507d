/** PATCH /api/subscriptions/email/me: new wants, which replace the old ones as a whole. */
import { defineEventHandler } from 'h3'
import { changedWants } from '../../../../shared/schemas/subscribing'
import { useApp } from '../../../db/open'
import { readInput } from '../../../http/read-input'
import { withCriticIds } from '../../../readers/critic-ids'
import { changeMailWants } from '../../../readers/mail-readers'
import { requireMailReader } from '../../../readers/require-reader'

export default defineEventHandler(async event => {
  const { id, email } = await requireMailReader(event)
  const wants = await withCriticIds((await readInput(event, changedWants)).wants)
  await changeMailWants(await useApp(), id, wants)
  return { email, wants }
})
