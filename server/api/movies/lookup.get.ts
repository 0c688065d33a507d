/** Films for the editor's "Movie" field while it is typed. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { requireRole } from '../../access'
import { useViews } from '../../db/open'
import { readQuery } from '../../input'
import { lookUp } from '../../movies/lookup'

const query = z.object({ q: z.string().max(200).default('') })

export default defineEventHandler(async event => {
  await requireRole(event, 'critic')
  return lookUp(useViews(), (await readQuery(event, query)).q)
})
