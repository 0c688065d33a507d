/** GET /api/security-log?limit≤200&before=ID: who got in, and who changed what people may do; newest first, for owners. */
import { defineEventHandler } from 'h3'
import { securityLogQuery } from '../../shared/schemas/operating'
import { requireSession } from '../access'
import { readSecurityLog } from '../access/security-log'
import { readQuery } from '../http/read-input'

export default defineEventHandler(async event => {
  await requireSession(event, 'owner')
  const { before, limit } = await readQuery(event, securityLogQuery)
  const items = await readSecurityLog(before, limit)
  return { items, next: items.length === limit ? items.at(-1)!.id : null }
})
