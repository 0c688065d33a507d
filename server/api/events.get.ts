/**
 * GET /api/events: the public events as CloudEvents, a page at a time, or as a stream that never
 * ends (Accept: text/event-stream).
 */
import { defineEventHandler, getRequestHeader } from 'h3'
import { settings } from '../config/settings'
import { answer } from '../http/answer/answer'
import { represent } from '../http/answer/representation'
import { readQuery } from '../http/read-input'
import { useLog } from '../log'
import { noticeOf } from '../notices/notice'
import { BATCH, eventQuery, pageOfEvents, wantsStream } from '../notices/query'
import { readWanted } from '../notices/read-wanted'
import { requirePosition } from '../notices/require-position'
import { historiesOf } from '../notices/review-histories'
import { streamNotices } from '../notices/stream'
import { subscriptionOf } from '../notices/subscription'
import { newestChange } from '../queries/newest-change'
import { useViews } from '../queries/views'

export default defineEventHandler(async event => {
  const { after, limit, ...asked } = await readQuery(event, eventQuery)
  const subscription = await subscriptionOf(useViews(), asked)
  const log = useLog()
  const { siteUrl } = settings()
  if (wantsStream(getRequestHeader(event, 'accept')))
    return streamNotices(event, subscription, after)
  await requirePosition(log, after, 'after')
  const modified = await newestChange(useViews())
  const { events, reached, full } = await readWanted(log, subscription, { after, limit })
  const histories = historiesOf(log)
  const body = JSON.stringify(
    await Promise.all(events.map(e => noticeOf(e, subscription, { histories, siteUrl }))),
  )
  const next = pageOfEvents(subscription, { after: reached, limit })
  const headers = {
    link: `<${siteUrl}${next}>; rel="next"`,
    vary: 'accept',
    // A full thin page can never change; the others show reviews as they may be shown now.
    'cache-control':
      full && subscription.shape === 'thin' ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  return answer(event, represent({ body, type: BATCH, headers, modified }))
})
