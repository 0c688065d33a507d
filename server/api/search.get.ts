/**
 * GET /api/search?q=: the reviews that match, best first; if none does, the word that was perhaps
 * meant.
 */
import { defineEventHandler } from 'h3'
import { searchQuery } from '../../shared/schemas/reading'
import { readQuery } from '../http/read-input'
import { answerQuery } from '../queries/answer-query'
import { search } from '../queries/search'

export default defineEventHandler(async event => {
  const { q } = await readQuery(event, searchQuery)
  return answerQuery(event, { q }, async ({ views, siteUrl }) => ({
    body: q ? await search(views, siteUrl, q) : { items: [] },
  }))
})
