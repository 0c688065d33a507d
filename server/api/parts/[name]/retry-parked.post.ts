/** POST /api/parts/:name/retry-parked {reviewId?}: plans once more what the part could not digest, each review in its order; `parked` says how many stay. */
import { everyReactor } from '../../../delivery/contract/registry'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { defineEventHandler, getRouterParam } from 'h3'
import { z } from 'zod'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { retryParked } from '../../../delivery/planning/parked'
import { canSend } from '../../../delivery/contract/part-settings'
import { readInput } from '../../../http/read-input'
import { useLog } from '../../../log'
import { problem } from '../../../http/problem'
import { settings } from '../../../config/settings'

const input = z.strictObject({ reviewId: z.string().min(1).max(100).optional() })

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const reactor = everyReactor().find(part => part.name === getRouterParam(event, 'name'))
  if (!reactor) problem(404, 'No such part')
  const asked = await readInput(event, input)
  const { siteUrl, holdSeconds } = settings()
  if (canSend(reactor) !== true) problem(409, 'Not set up', `${reactor.label} cannot send yet.`)
  return idempotent(event, asked, async () => {
    const done = await retryParked(
      { app: await useApp(), log: useLog(), siteUrl, holdMs: holdSeconds * 1000, now: Date.now },
      reactor,
      asked.reviewId,
    )
    wakeParts()
    return done
  })
})
