/** POST /api/alerts/:about/dismiss: the one who asks sees it no more until it is settled and comes again; others still do. */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { dismissAlert } from '../../../operations/alerts/desk'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'parts')
  const about = getRouterParam(event, 'about')!
  return idempotent(event, await readInput(event, nothing), async () => {
    if (!(await dismissAlert(await useApp(), about, who.id, Date.now())))
      problem(404, 'No such alert')
    return { about, dismissed: true }
  })
})
