/**
 * POST /api/tokens {name, scopes, expiresAt?}: creates an API token. It is shown in this answer and
 * never again, not even to a repeat of the same command.
 */
import { defineEventHandler, setResponseStatus } from 'h3'
import { newToken } from '../../../shared/schemas/tokens'
import { idempotent, requireSession } from '../../access'
import { noteSecurity } from '../../access/security-log'
import { makeToken } from '../../access/tokens'
import { Problem } from '../../http/problem'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event)
  const input = await readInput(event, newToken)
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
