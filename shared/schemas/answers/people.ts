/** What the API answers about people, their sessions and their tokens. */
import { z } from 'zod'
import type { ShownToken } from '../../types/api-token'
import type { OwnSession } from '../../types/own-session'
import { SCOPES } from '../../types/scopes'
import { time } from './time'

const role = z.enum(['owner', 'editor', 'critic'])
const scopes = z.array(z.enum(SCOPES))

const bio = z.string().optional().describe('A sentence about themselves, which is public.')

export const personSchema = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role, bio })
  .meta({ id: 'Person' })

export const ownAccountSchema = personSchema.extend({
  kind: z.enum(['session', 'token']),
  scopes,
})

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes,
  createdAt: time,
  usedAt: time.nullable().describe('Exact to the minute.'),
  expiresAt: time.nullable(),
  owner: z.object({ id: z.string(), name: z.string() }),
}) satisfies z.ZodType<ShownToken>

export const tokenMadeSchema = z.object({
  id: z.string(),
  token: z.string().optional().describe('Only in the first answer.'),
})

export const ownSessionSchema = z.object({
  id: z.string(),
  current: z.boolean(),
  signedInAt: time,
  usedAt: time,
  endsAt: time,
  browser: z.string(),
}) satisfies z.ZodType<OwnSession>
