/**
 * Previews for one part what a publish would do, the way the planner would do it: how many would be
 * notified now and later, and the words it would use.
 */
import type { PublicReview } from '../../shared/types/review'
import type { Preview, Reactor } from '../delivery/contract/define-reactor'
import { aboutPart } from '../delivery/contract/part-settings'
import { audiencePage } from '../delivery/planning/audience'
import type { Recorded } from '../log/event-log'

const PAGE = 5000

export interface PartPreview extends Preview {
  part: string
  label: string
  count: number
  later: number
}

/**
 * `position` is the position that the event would get, `now` is ms, `text` is the critic's own
 * words for this part. Writes nothing.
 */
export async function previewPart(
  reactor: Reactor,
  review: PublicReview,
  { position, now, text }: { position: number; now: number; text?: string },
): Promise<PartPreview> {
  const { id, slug, critic, url: _url, publishedAt, corrections: _corrections, ...content } = review
  const event: Recorded = {
    type: 'ReviewPublished',
    data: { id, slug, critic, content, publishedAt },
    position,
    id: 'preview',
    stream: `review-${id}`,
    version: 0,
    schemaVersion: 1,
    meta: { actor: critic.name },
    at: publishedAt,
    commandId: null,
    hash: '',
  }
  let count = 0
  let later = 0
  for (let after = ''; ;) {
    const page = await audiencePage(reactor, { event, review, after, limit: PAGE, now })
    for (const { dueAt } of page)
      if (dueAt && dueAt > now) later++
      else count++
    if (!reactor.audience || page.length < PAGE) break
    after = page.at(-1)!.recipient
  }
  return {
    part: reactor.name,
    label: reactor.label,
    ...(!reactor.audience && { unit: 'post' }),
    ...(await reactor.render?.(review, aboutPart(reactor, text))),
    count,
    later,
  }
}
