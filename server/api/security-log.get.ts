/** GET /api/security-log?limit≤200&before=ID: who got in, and who changed what people may do; newest first, for owners. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { requireSession } from '../access'
import { readSecurityLog } from '../access/security-log'
import { readQuery } from '../http/read-input'

const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine(n => n >= 1 && n <= most, `must be from 1 to ${most}`)
const query = z.object({
  before: whole(Number.MAX_SAFE_INTEGER).default(Number.MAX_SAFE_INTEGER),
  limit: whole(200).default(100),
})

export default defineEventHandler(async event => {
  await requireSession(event, 'owner')
  const { before, limit } = await readQuery(event, query)
  const items = await readSecurityLog(before, limit)
  return { items, next: items.length === limit ? items.at(-1)!.id : null }
})
