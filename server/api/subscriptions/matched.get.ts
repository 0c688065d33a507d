/** "This would have matched these ten reviews": a form's wishes, in words and in reviews. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { useViews } from '../../db/open'
import { readQuery } from '../../input'
import { howOften, inWords } from '../../readers/in-words'
import { matchedReviews } from '../../readers/matched'
import { namesFor } from '../../readers/names'
import { wantsFields, wantsOfForm } from '../../readers/wants-form'
import { settings } from '../../settings'

const Query = z.object(wantsFields)

export default defineEventHandler(async event => {
  const wants = await wantsOfForm(await readQuery(event, Query))
  return {
    wants,
    asked: inWords(wants, await namesFor(useViews(), [wants])),
    often: howOften(wants),
    items: await matchedReviews(useViews(), settings().siteUrl, wants),
  }
})
