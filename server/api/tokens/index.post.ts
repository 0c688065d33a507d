/**
 * POST /api/tokens {name, scopes, expiresAt?}: creates an API token. It is shown in this answer and
 * never again, not even to a repeat of the same command.
 */
import { defineEventHandler, setResponseStatus } from 'h3'
import { z } from 'zod'
import { idempotent, requireSession } from '../../access'
import { noteSecurity } from '../../access/security-log'
import { makeToken, SCOPES } from '../../access/tokens'
import { Problem } from '../../http/problem'
import { readInput } from '../../http/read-input'

const NewToken = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}*$/u, 'must be one line'),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, 'must name at least one')
    .transform(scopes => [...new Set(scopes)]),
  expiresAt: z.iso
    .datetime({ offset: true })
    .refine(at => Date.parse(at) > Date.now(), 'must be in the future')
    .nullish(),
})

export default defineEventHandler(async event => {
  const who = await requireSession(event)
  const input = await readInput(event, NewToken)
  const beyond = input.scopes.find(scope => !who.scopes.includes(scope))
  if (beyond)
    throw new Problem(403, 'Not allowed', `Your role does not include ${beyond}.`, [
      { path: 'scopes', message: `may not include ${beyond}` },
    ])
  return idempotent(
    event,
    input,
    async () => {
      const made = await makeToken(who.id, input)
      const about = `${input.name}: ${input.scopes.join(', ')}`
      await noteSecurity(event, { what: 'token-created', person: who, about })
      setResponseStatus(event, 201)
      return made
    },
    { secretless: ({ id }) => ({ id }) },
  )
})
