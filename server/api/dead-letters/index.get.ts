/** GET /api/dead-letters: deliveries that nobody will send unless somebody looks, with the title of what they tell of. */
import { defineEventHandler } from 'h3'
import { sql } from 'kysely'
import { requireScope } from '../../access'
import { useAppReader, useViews } from '../../db/open'
import { deadLetters } from '../../delivery/report'

export default defineEventHandler(async (event) => {
  await requireScope(event, 'parts')
  const letters = await deadLetters(useAppReader()), ids = [...new Set(letters.map(letter => letter.reviewId))]
  const titled = ids.length ? await useViews().selectFrom('reviews').select(['id', sql<string | null>`json_extract(state, '$.content.title')`.as('title')]).where('id', 'in', ids).execute() : []
  const titles = new Map(titled.map(({ id, title }) => [id, title]))
  return { items: letters.map(letter => ({ ...letter, title: titles.get(letter.reviewId) ?? letter.reviewId })) }
})
