/**
 * GET /api/outbox: the emails that were kept because no mail server is set, newest first. They name
 * readers and contain links that act for them, so a token needs the scope `readers`.
 */
import { defineEventHandler } from 'h3'
import { requireScope } from '../../access'
import { listOutbox } from '../../channels/mail/outbox'
import { settings } from '../../config/settings'
import { appReadOnly } from '../../db/open'

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  return { kept: !settings().smtpUrl, items: await listOutbox(appReadOnly()) }
})
