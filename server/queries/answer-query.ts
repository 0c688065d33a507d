/**
 * Answers a question about the read models. The answer is kept until the next public event, and is
 * as old as the newest one.
 */
import type { H3Event } from 'h3'
import { settings } from '../config/settings'
import { mayKeep } from '../http/answer/answer-cacheable'
import { answerKept } from '../http/answer/answer-kept'
import type { Content } from '../http/answer/representation'
import { forSharedCaches } from '../http/answer/shared-caches'
import { type NewestChange, newestChange } from './newest-change'
import type { Views } from './tables'
import { useViews } from './views'

interface Asked {
  views: Views
  siteUrl: string
  /** The newest public change that the answer shows. */
  newest: NewestChange
}

/** An object is sent as JSON. With `tags`, caches in front of this server may keep it, see forSharedCaches. */
type Answered = Omit<Partial<Content>, 'body'> & {
  body: string | object
  tags?: [string, ...string[]]
}

/**
 * `query` is all that the answer depends on besides the path: whatever else stands in the address is
 * not read, and makes no other answer.
 */
export const answerQuery = (
  event: H3Event,
  query: object,
  ask: (asked: Asked) => Promise<Answered>,
) => answerKept(event, `${event.path.split('?')[0]} ${JSON.stringify(query)}`, () => content(ask))

async function content(ask: (asked: Asked) => Promise<Answered>): Promise<Content> {
  const views = useViews()
  const newest = await newestChange(views)
  const { siteUrl } = settings()
  const { body, headers, tags, ...others } = await ask({ views, siteUrl, newest })
  return {
    type: 'application/json',
    modified: newest,
    ...others,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { ...(tags ? forSharedCaches(tags) : { 'cache-control': mayKeep(0) }), ...headers },
  }
}
