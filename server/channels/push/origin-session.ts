/**
 * Talks to push services over connections that stay open: HTTP/2 if ALPN agrees on it, otherwise
 * HTTP/1.1 keep-alive.
 */
import type { Dispatcher } from 'undici'
import type { Outbound } from '../../outbound/client'
import type { PushAnswer } from './classify-answer'

/** `signal` is the only time limit; one timer per message is enough. */
export interface Post {
  endpoint: string
  headers: Record<string, string>
  body: Uint8Array
  signal: AbortSignal
}

/**
 * How many messages may go to one service at once, the streams of one HTTP/2 session; a service may
 * ask for fewer on a session, and gets them.
 */
export const STREAMS = 100
/** Connections to a service that speaks only HTTP/1.1. */
const CONNECTIONS = 8
const KEEP_MS = 60_000
const PING_MS = 30_000
/** An answer's body is only shown to operators, so the rest is thrown away. */
const LONGEST_BODY = 400

export class OriginSessions {
  private agent?: Dispatcher

  constructor(private outbound: Pick<Outbound, 'agent'>) {}

  /**
   * Returns whatever the service answers, including a 3xx. Throws OutboundRefused, or the network's
   * error if there was no answer.
   */
  post({ endpoint, headers, body, signal }: Post): Promise<PushAnswer> {
    this.agent ??= this.outbound.agent('push', {
      allowH2: true,
      connections: CONNECTIONS,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_MS,
      h2Options: { maxConcurrentStreams: STREAMS, pingInterval: PING_MS },
    })
    const { origin, pathname, search } = new URL(endpoint)
    return new Promise((resolve, reject) => {
      this.agent!.dispatch(
        { origin, path: pathname + search, method: 'POST', headers, body },
        listen(resolve, reject, signal),
      )
    })
  }

  /** Lets requests under way finish. */
  async close() {
    const agent = this.agent
    this.agent = undefined
    await agent?.close()
  }
}

function listen(
  resolve: (answer: PushAnswer) => void,
  reject: (reason: unknown) => void,
  signal: AbortSignal,
): Dispatcher.DispatchHandler {
  const answer: PushAnswer = { status: 0, headers: {}, body: '' }
  let cut = () => {}
  const end = () => signal.removeEventListener('abort', cut)
  return {
    onRequestStart(controller) {
      cut = () => controller.abort(signal.reason as Error)
      if (signal.aborted) cut()
      else signal.addEventListener('abort', cut)
    },
    onResponseStart(_, status, headers) {
      Object.assign(answer, { status, headers })
    },
    onResponseData(_, chunk) {
      if (answer.body!.length < LONGEST_BODY) answer.body += chunk.toString('utf8', 0, LONGEST_BODY)
    },
    onResponseEnd() {
      end()
      resolve(answer)
    },
    onResponseError(_, error) {
      end()
      reject(error)
    },
  }
}
