/** GET /api/tokens: the caller's tokens, without their secrets. */
import { defineEventHandler } from 'h3'
import { requireSession } from '../../access'
import { tokensOf } from '../../access/tokens'

export default defineEventHandler(async event => ({
  items: await tokensOf((await requireSession(event)).id),
}))
