/** Answers with a document of the fediverse: kept until the next public event, like everything that is public. */
import { type H3Event, setResponseHeader } from 'h3'
import { answerCacheable } from '../../../http/answer/answer-cacheable'
import { answerQuery } from '../../../queries/answer-query'
import type { Views } from '../../../queries/tables'
import { useViews } from '../../../queries/views'
import { requireFederation } from '../federates'
import { ACTIVITY_JSON, type Document } from './context'

/** Made anew for each request: what changes without a public event, as keys and followers do. */
export async function answerFresh(event: H3Event, make: (views: Views) => Promise<Document>) {
  requireFederation()
  const body = JSON.stringify(await make(useViews()))
  setResponseHeader(event, 'access-control-allow-origin', '*')
  return answerCacheable(event, body, ACTIVITY_JSON)
}

interface How {
  /** Default: activity+json. */
  type?: string
  headers?: Record<string, string>
  /** Default 200. */
  status?: (document: Document) => number
}

/** `query` is all that it depends on besides the path. */
export function answerDocument(
  event: H3Event,
  query: object,
  make: (views: Views) => Promise<Document>,
  { type = ACTIVITY_JSON, headers = {}, status = () => 200 }: How = {},
) {
  requireFederation()
  return answerQuery(event, { as: type, ...query }, async ({ views }) => {
    const body = await make(views)
    return {
      type,
      body,
      status: status(body),
      headers: { 'access-control-allow-origin': '*', ...headers },
    }
  })
}
