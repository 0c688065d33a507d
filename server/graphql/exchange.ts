/** How one request and its results go through the engine: as a body with a status, or as a stream. */
import type { ExecutionResult } from 'graphql'
import {
  type GraphQLParams,
  isAsyncIterable,
  type Plugin,
  processRegularResult,
} from 'graphql-yoga'

/** What goes along with one request. */
export interface Exchange {
  /** As the client asked for it. */
  media: 'application/json' | 'application/graphql-response+json' | 'text/event-stream'
  /** Where the client is, if it resumes a stream. */
  lastEventId?: string
  /** The results of a subscription, or of anything that was asked for as a stream. */
  results?: AsyncIterable<ExecutionResult>
  /** Aborted when nobody reads the results any more. */
  gone?: AbortSignal
  /** Whether a field, or the request itself, failed. */
  hasErrors?: boolean
  /** The position of the result that the stream gave last. */
  position?: number
}

/** The engine copies what it is given, so it is given something in which the exchange is. */
export interface Carrier {
  exchange: Exchange
  /** As sent, read already. */
  params?: unknown
}

/**
 * Parameters are not written as text again, which fails if they are 10,000 lists deep; a stream is
 * handed out, so that it can be written at the pace of whoever reads it.
 */
export const handInAndOut: Plugin<object, Carrier> = {
  onRequestParse({ serverContext, setRequestParser }) {
    setRequestParser(() => serverContext.params as GraphQLParams)
  },
  onResultProcess({ result, setResultProcessor, serverContext }) {
    const { exchange } = serverContext
    if (isAsyncIterable(result) || exchange.media === 'text/event-stream') {
      exchange.results = isAsyncIterable(result) ? result : only(result as ExecutionResult)
      setResultProcessor((_, { Response }) => new Response(null), 'text/event-stream')
      return
    }
    exchange.hasErrors = Boolean((result as ExecutionResult).errors?.length)
    respectErrors(result as ExecutionResult)
    setResultProcessor(processRegularResult as never, exchange.media)
  },
}

/** A stream has its status before its first result, so an error's own is left out. */
async function* only(result: ExecutionResult) {
  for (const { extensions } of result.errors ?? []) delete extensions.http
  yield result
}

/**
 * Without data there is an error status, whichever media type the client asked for: plain JSON may
 * also come from something in between, so it is told apart by its status.
 */
function respectErrors({ data, errors = [] }: ExecutionResult): void {
  if (data !== undefined && data !== null) return
  for (const { extensions } of errors) {
    const { http, status } = extensions as { http?: { status?: number }; status?: number }
    extensions.http = { status: status ?? 400, spec: false, ...http }
    if (extensions.code !== 'PERSISTED_QUERY_NOT_FOUND') extensions.http.spec = false
  }
}
