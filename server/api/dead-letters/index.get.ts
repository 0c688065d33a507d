/** GET /api/dead-letters: deliveries that were given up, each with the title of its review. */
import { defineEventHandler } from 'h3'
import { requireScope } from '../../access'
import { appReadOnly } from '../../db/open'
import { deadLetters } from '../../delivery/ledger/dead-letters'
import { titlesOf } from '../../queries/titles'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const letters = await deadLetters(appReadOnly())
  const titles = await titlesOf(
    useViews(),
    letters.map(letter => letter.reviewId),
  )
  return {
    items: letters.map(letter => ({
      ...letter,
      title: titles.get(letter.reviewId) ?? letter.reviewId,
    })),
  }
})
