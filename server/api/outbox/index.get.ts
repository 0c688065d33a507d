/** The letters that were kept because no mail server is set, newest first. They name readers and open their doors: editors only. */
import { defineEventHandler } from 'h3'
import { requireRole } from '../../access'
import { listOutbox } from '../../channels/mail/outbox'
import { settings } from '../../config/settings'
import { appReadOnly } from '../../db/open'

export default defineEventHandler(async event => {
  await requireRole(event, 'editor')
  return { kept: !settings().smtpUrl, items: await listOutbox(appReadOnly()) }
})
