/**
 * Answers a poll of a feed: cacheable, narrowed by the query, with its own address in the Link
 * header.
 */
import type { H3Event } from 'h3'
import { readQuery } from '../http/read-input'
import { answerQuery } from '../queries/answer-query'
import { feedQuery } from '../queries/list-filter'
import { type Feed, readFeed } from './feed'

export async function answerFeed(
  event: H3Event,
  path: string,
  type: string,
  format: (feed: Feed) => string,
) {
  const query = await readQuery(event, feedQuery)
  return answerQuery(event, query, async ({ views, siteUrl, newest }) => {
    const feed = await readFeed(views, siteUrl, path, query, newest.at)
    const link = [
      `<${feed.self}>; rel="self"`,
      ...(feed.next ? [`<${feed.next}>; rel="next"`] : []),
    ]
    return { type, body: format(feed), headers: { link: link.join(', ') } }
  })
}
