/** Answers with a page of events, which is kept until the log moves. */
import type { H3Event } from 'h3'
import { settings } from '../config/settings'
import { answer } from '../http/answer/answer'
import { answerKept } from '../http/answer/answer-kept'
import { useAnswers } from '../http/answer/cache'
import type { Content } from '../http/answer/representation'
import { forSharedCaches } from '../http/answer/shared-caches'
import { useLog } from '../log'
import { newestChange } from '../queries/newest-change'
import { useViews } from '../queries/views'
import { noticeOf } from './notice'
import { BATCH, type EventPage, pageOfEvents } from './query'
import { readWanted, type WantedPage } from './read-wanted'
import { requirePosition } from './require-position'
import { historiesOf } from './review-histories'

/** The log knows an event before the read models do, so a page that can change is kept for one head, not until the next purge. */
export async function answerBatch(event: H3Event, page: EventPage) {
  const address = pageOfEvents(page)
  const finished = useAnswers().get(address)
  if (finished) return answer(event, finished)
  const head = await requirePosition(useLog(), page.after, 'after')
  const current = await useAnswers().find(`${address} ${head}`)
  if (current) return answer(event, current)
  const made = await content(page)
  return answerKept(event, made.onlyByKey ? `${address} ${head}` : address, async () => made)
}

async function content(page: EventPage): Promise<Content> {
  const log = useLog()
  const { siteUrl } = settings()
  const modified = await newestChange(useViews())
  const found = await readWanted(log, page.subscription, page)
  const context = { histories: historiesOf(log), siteUrl }
  const notices = await Promise.all(
    found.events.map(event => noticeOf(event, page.subscription, context)),
  )
  const next = siteUrl + pageOfEvents({ ...page, after: found.reached })
  const isFinished = found.full && page.subscription.shape === 'thin'
  return {
    type: BATCH,
    body: JSON.stringify(notices),
    modified,
    onlyByKey: !isFinished,
    headers: { link: `<${next}>; rel="next"`, vary: 'accept', ...mayBeKept(page, found) },
  }
}

/** The last page is asked for anew each time; a full one of links never changes, and one of reviews shows them as they may be shown now. */
function mayBeKept({ subscription }: EventPage, { full, events }: WantedPage) {
  if (!full) return { 'cache-control': 'no-cache' }
  const tagged = forSharedCaches(['events', ...events.map(({ data }) => `review-${data.id}`)])
  if (subscription.shape !== 'thin') return tagged
  // Only an erasure takes away the address, which was made from the title.
  const { 'cdn-cache-control': _, ...tags } = tagged
  return { ...tags, 'cache-control': 'public, max-age=31536000, immutable' }
}
