/**
 * GET /api/subscriptions/matched: "This would have matched these ten reviews": the wants in a form,
 * in words and as reviews.
 */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { settings } from '../../config/settings'
import { readQuery } from '../../http/read-input'
import { useViews } from '../../queries/views'
import { describeWants, howOften } from '../../readers/describe-wants'
import { matchingReviews } from '../../readers/matching-reviews'
import { wantsFields, wantsOfForm } from '../../readers/wants-form'
import { namesFor } from '../../readers/wants-names'

const Query = z.object(wantsFields)

export default defineEventHandler(async event => {
  const wants = await wantsOfForm(await readQuery(event, Query))
  return {
    wants,
    asked: describeWants(wants, await namesFor(useViews(), [wants])),
    often: howOften(wants),
    items: await matchingReviews(useViews(), settings().siteUrl, wants),
  }
})
