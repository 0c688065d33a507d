/**
 * Answers a poll of a feed: cacheable, narrowed by the query, with its own address in the Link
 * header.
 */
import { type H3Event, setResponseHeader } from 'h3'
import { z } from 'zod'
import { settings } from '../config/settings'
import { answerCacheable } from '../http/cacheable-answer'
import { readQuery } from '../http/read-input'
import { narrowing } from '../queries/list-filter'
import { useViews } from '../queries/views'
import { type Feed, readFeed } from './feed'

export async function answerFeed(
  event: H3Event,
  path: string,
  type: string,
  format: (feed: Feed) => string,
): Promise<string> {
  const feed = await readFeed(
    useViews(),
    settings().siteUrl,
    path,
    await readQuery(event, z.object(narrowing)),
  )
  setResponseHeader(event, 'link', `<${feed.self}>; rel="self"`)
  return answerCacheable(event, format(feed), type)
}
