/**
 * GET /api/search?q=: the reviews that match, best first; if none does, the word that was perhaps
 * meant.
 */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { settings } from '../config/settings'
import { answerCacheable } from '../http/cacheable-answer'
import { readQuery } from '../http/read-input'
import { search } from '../queries/search'
import { useViews } from '../queries/views'

export default defineEventHandler(async event => {
  const { q } = await readQuery(event, z.object({ q: z.string().trim().max(200).default('') }))
  return answerCacheable(
    event,
    JSON.stringify(q ? await search(useViews(), settings().siteUrl, q) : { items: [] }),
  )
})
