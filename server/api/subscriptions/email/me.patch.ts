/** PATCH /api/subscriptions/email/me: new wants, which replace the old ones as a whole. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { wantsSchema } from '../../../../shared/schemas/wants'
import { useApp } from '../../../db/open'
import { readInput } from '../../../http/read-input'
import { changeMailWants } from '../../../readers/mail-readers'
import { requireMailReader } from '../../../readers/require-reader'

const Body = z.strictObject({ wants: wantsSchema })

export default defineEventHandler(async event => {
  const { id, email } = await requireMailReader(event)
  const { wants } = await readInput(event, Body)
  await changeMailWants(await useApp(), id, wants)
  return { email, wants }
})
