/** The feeds that one event touches, as their addresses answer them: each is written once for all its subscribers. */
import { settings } from '../../config/settings'
import { readFeedAddress } from '../../feeds/feed-address'
import { represent } from '../../http/answer/representation'
import { tagOf } from '../../http/answer/tags'
import { newestChange } from '../../queries/newest-change'
import { useViews } from '../../queries/views'
import { useProjector } from '../../read-models/use-projector'
import { hubAddress } from './hub-address'

/** `tag` says which version this is, as the feed's own ETag does. */
export interface TopicContent {
  bytes: Buffer
  tag: string
  type: string
  link: string
}

/** Thrown while the read models do not show the event yet. */
export class NotYet extends Error {}

const WAIT_MS = 5000

export class Topics {
  private written = new Map<string, Promise<TopicContent | undefined>>()

  /** `position` is that of the event, which the feeds must show. */
  constructor(private position: number) {}

  /** Undefined if there is no such feed (any more). */
  at(topic: string): Promise<TopicContent | undefined> {
    const known = this.written.get(topic)
    if (known) return known
    const written = this.write(topic)
    this.written.set(topic, written)
    written.catch(() => this.written.delete(topic))
    return written
  }

  private async write(topic: string): Promise<TopicContent | undefined> {
    if (!(await useProjector().passed(this.position, WAIT_MS)))
      throw new NotYet('the feed does not show the event yet')
    const { siteUrl } = settings()
    const feed = await readFeedAddress(siteUrl, topic)
    if (!feed) return undefined
    const views = useViews()
    const source = { views, siteUrl, newest: await newestChange(views), hub: hubAddress() }
    // Loaded when it is needed first: until then a server at rest has no use for it.
    const { writeFeed } = await import('../../feeds/write-feed')
    const { type, body, link } = await writeFeed(source, feed.path, feed.query)
    const { bytes, stem, headers } = represent({ type, body })
    return { bytes, link, tag: tagOf(stem, 'identity'), type: headers['content-type']! }
  }
}
