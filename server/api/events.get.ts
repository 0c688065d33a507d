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
import { BATCH, eventQuery, nextOf, wantsStream } from '../notices/query'
import { requirePosition } from '../notices/require-position'
import { streamNotices } from '../notices/stream'
import { newestChange } from '../queries/newest-change'
import { useViews } from '../queries/views'

export default defineEventHandler(async event => {
  const query = await readQuery(event, eventQuery)
  const log = useLog()
  const { siteUrl } = settings()
  if (wantsStream(getRequestHeader(event, 'accept'))) return streamNotices(event, query)
  await requirePosition(log, query.after, 'after')
  const modified = await newestChange(useViews())
  const events = await log.read({ after: query.after, limit: query.limit, types: query.types })
  const body = JSON.stringify(
    await Promise.all(events.map(e => noticeOf(e, query.shape, { log, siteUrl }))),
  )
  const full = events.length === query.limit
  const headers = {
    link: `<${siteUrl}${nextOf(query, events.at(-1)?.position ?? query.after)}>; rel="next"`,
    vary: 'accept',
    // A full thin page can never change; a fat one shows reviews as they may be shown now.
    'cache-control':
      full && query.shape === 'thin' ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  return answer(event, represent({ body, type: BATCH, headers, modified }))
})
