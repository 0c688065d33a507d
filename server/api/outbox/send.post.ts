/**
 * POST /api/outbox/send {ids?}: sends kept emails, all of them without `ids`. Confirmations are sent
 * by themselves while their links are valid.
 */
import { defineEventHandler } from 'h3'
import { keptEmails } from '../../../shared/schemas/outbox'
import { idempotent, requireScope } from '../../access'
import { settings } from '../../config/settings'
import { useApp } from '../../db/open'
import { mailPart } from '../../delivery/contract/mail-part'
import { wakeParts } from '../../delivery/sending/running-parts'
import { problem } from '../../http/problem'
import { readInput } from '../../http/read-input'
import { sendKept } from '../../operations/kept-emails'

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const { ids } = await readInput(event, keptEmails)
  if (!settings().smtpUrl)
    problem(409, 'The part is not set up', 'No mail server is set: NUXT_SMTP_URL names one.')
  return idempotent(event, { ids }, async () => {
    const sent = await sendKept({ app: await useApp(), part: mailPart(), now: Date.now() }, ids)
    wakeParts()
    return { sent }
  })
})
