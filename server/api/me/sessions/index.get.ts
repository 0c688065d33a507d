/** GET /api/me/sessions: where the caller is signed in. */
import { defineEventHandler } from 'h3'
import { requireSession } from '../../../access'
import { sessionsOf } from '../../../access/own-sessions'

export default defineEventHandler(async event => ({
  items: await sessionsOf(event, (await requireSession(event)).id),
}))
