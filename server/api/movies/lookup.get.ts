/**
 * GET /api/movies/lookup?q=: suggests films while somebody types into the editor's "Movie" field.
 */
import { defineEventHandler } from 'h3'
import { lookupQuery } from '../../../shared/schemas/reading'
import { requireRole } from '../../access'
import { readQuery } from '../../http/read-input'
import { lookUp } from '../../queries/film-lookup'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  await requireRole(event, 'critic')
  return lookUp(useViews(), (await readQuery(event, lookupQuery)).q)
})
