/**
 * GET /api/outbox: the emails that were kept because no mail server is set, newest first. Editors
 * only, because they name readers and contain their links.
 */
import { defineEventHandler } from 'h3'
import { requireRole } from '../../access'
import { listOutbox } from '../../channels/mail/outbox'
import { settings } from '../../config/settings'
import { appReadOnly } from '../../db/open'

export default defineEventHandler(async event => {
  await requireRole(event, 'editor')
  return { kept: !settings().smtpUrl, items: await listOutbox(appReadOnly()) }
})
