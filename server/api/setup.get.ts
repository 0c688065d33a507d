/**
 * GET /api/setup?token=: whether this link can still create the first account: `open`, `wrong` or
 * `done`; 429 after 20 attempts in 10 minutes.
 */
import { defineEventHandler, setResponseHeader } from 'h3'
import { SetupLink } from '../../shared/schemas/people'
import { setupState } from '../access/setup'
import { readQuery } from '../http/read-input'

export default defineEventHandler(async event => {
  setResponseHeader(event, 'cache-control', 'no-store')
  return { state: await setupState(event, (await readQuery(event, SetupLink)).token) }
})
