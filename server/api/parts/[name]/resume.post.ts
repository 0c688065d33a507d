/** POST /api/parts/:name/resume: resumes a part: sends what has waited, and goes on. */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { setPaused } from '../../../operations/part-status'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const name = getRouterParam(event, 'name')!
  return idempotent(event, await readInput(event, nothing), async () => {
    if (!(await setPaused(await useApp(), name, false, null, Date.now())))
      problem(404, 'No such part')
    wakeParts()
    return { name, paused: false }
  })
})
