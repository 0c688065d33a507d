/**
 * POST /api/parts/:name/pause: pauses a part: what is planned waits where everybody can see it, and
 * nothing is lost.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { setPaused } from '../../../operations/part-status'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'parts')
  const name = getRouterParam(event, 'name')!
  return idempotent(event, await readInput(event, nothing), async () => {
    if (!(await setPaused(await useApp(), name, true, `paused by ${who.name}`, Date.now())))
      problem(404, 'No such part')
    return { name, paused: true }
  })
})
