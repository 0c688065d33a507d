/** Reviews that say what is looked for, best first; where none does, the word that was perhaps meant. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { answerCacheable } from '../cacheable'
import { useViews } from '../db/open'
import { readQuery } from '../input'
import { search } from '../queries/search'
import { settings } from '../settings'

export default defineEventHandler(async event => {
  const { q } = await readQuery(event, z.object({ q: z.string().trim().max(200).default('') }))
  return answerCacheable(
    event,
    JSON.stringify(q ? await search(useViews(), settings().siteUrl, q) : { items: [] }),
  )
})
