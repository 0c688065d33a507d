/**
 * POST /api/alerts/:about/dismiss: hides it from the caller until it is resolved and comes up
 * again; others still see it.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { dismissAlert } from '../../../operations/alerts/open-alerts'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'parts')
  const about = getRouterParam(event, 'about')!
  return idempotent(event, await readInput(event, nothing), async () => {
    if (!(await dismissAlert(await useApp(), about, who.id, Date.now())))
      problem(404, 'No such alert')
    return { about, dismissed: true }
  })
})
