/**
 * Answers a poll of a feed: cacheable, narrowed by the query, with its own address in the Link
 * header.
 */
import type { H3Event } from 'h3'
import { readQuery } from '../http/read-input'
import { answerQuery } from '../queries/answer-query'
import { feedQuery } from '../queries/list-filter'
import type { FeedPath } from './feed-address'
import { writeFeed } from './write-feed'

/** `hub` is the address of the hub that distributes feeds, while it runs. */
export async function answerFeed(event: H3Event, path: FeedPath, hub: string | undefined) {
  const query = await readQuery(event, feedQuery)
  return answerQuery(event, query, async source => {
    const { link, ...content } = await writeFeed({ ...source, hub }, path, query)
    return { ...content, headers: { link } }
  })
}
