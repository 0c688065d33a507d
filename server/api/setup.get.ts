/**
 * GET /api/setup?token=: whether this link can still create the first account: `open`, `wrong` or
 * `done`; 429 after 20 attempts in 10 minutes.
 */
import { defineEventHandler, setResponseHeader } from 'h3'
import { z } from 'zod'
import { setupState } from '../access/setup'
import { readQuery } from '../http/read-input'

const Query = z.object({ token: z.string().max(200).default('') })

export default defineEventHandler(async event => {
  setResponseHeader(event, 'cache-control', 'no-store')
  return { state: await setupState(event, (await readQuery(event, Query)).token) }
})
