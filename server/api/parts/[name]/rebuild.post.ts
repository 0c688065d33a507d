/**
 * POST /api/parts/:name/rebuild: folds a read model anew from the log, beside the one that pages
 * read; 202 at once, GET /api/parts has the share done. While it runs, another call changes nothing.
 */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { useProjector } from '../../../read-models/use-projector'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const projector = useProjector()
  const name = getRouterParam(event, 'name')
  const found = projector.followers.find(follower => follower.name === name)
  if (!found) return problem(404, 'No such part', 'No read model has this name.')
  return idempotent(event, await readInput(event, nothing), async () => {
    void projector.rebuilds.start(found.projection)
    setResponseStatus(event, 202)
    return { name, rebuilding: true }
  })
})
