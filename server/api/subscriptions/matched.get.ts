/**
 * GET /api/subscriptions/matched: "This would have matched these ten reviews": the wants in a form,
 * in words and as reviews.
 */
import { defineEventHandler } from 'h3'
import { settings } from '../../config/settings'
import { readQuery } from '../../http/read-input'
import { useViews } from '../../queries/views'
import { describeWants, howOften } from '../../readers/describe-wants'
import { matchingReviews } from '../../readers/matching-reviews'
import { wantsOfForm, wantsQuery } from '../../readers/wants-form'
import { namesFor } from '../../readers/wants-names'

export default defineEventHandler(async event => {
  const wants = await wantsOfForm(await readQuery(event, wantsQuery))
  return {
    wants,
    asked: describeWants(wants, await namesFor(useViews(), [wants])),
    often: howOften(wants),
    items: await matchingReviews(useViews(), settings().siteUrl, wants),
  }
})
