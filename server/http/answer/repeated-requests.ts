/**
 * Answers the same request again before the framework runs: with the headers that it got the first
 * time, as long as what it was answered with is kept.
 */
import type {
  IncomingMessage,
  OutgoingHttpHeaders,
  RequestListener,
  ServerResponse,
} from 'node:http'
import { LRUCache } from 'lru-cache'
import { type AnswerCache, useAnswers } from './cache'
import type { Coding } from './codings'
import { bytesIn, type Representation } from './representation'
import { knownTag } from './tags'

type Headers = Record<string, string | string[] | number>

interface Repeated {
  representation: Representation
  tag: string
  /** With the content, and of a 304. */
  headers: { whole: Headers; unchanged: Headers }
  bytes: Buffer
}

const MOST = 2000
const MOST_BYTES = 16 << 20
const LONGEST = 2000
/** What entries take besides their bytes. */
const OVERHEAD = 2000

/** An answer may depend on the first two; with a header that is not here a request goes the whole way. */
const KNOWN = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'dnt',
  'forwarded',
  'from',
  'host',
  'if-none-match',
  'origin',
  'pragma',
  'priority',
  'referer',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-user',
  'sec-gpc',
  'te',
  'upgrade-insecure-requests',
  'user-agent',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'x-request-id',
])
/** A 304 has no content, and Node writes the others itself. */
const OF_THE_CONTENT = new Set(['content-type', 'content-encoding', 'content-length'])
const OF_THE_MOMENT = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding'])

const sent = new WeakMap<ServerResponse, Representation>()

/** Notes what an answer is made of. */
export const sentAs = (response: ServerResponse, representation: Representation) =>
  void sent.set(response, representation)

/** Everything that is not answered again goes on to `listener`. */
export function answerRepeated(
  listener: RequestListener,
  answers: AnswerCache = useAnswers(),
): RequestListener {
  const known = new LRUCache<string, Repeated>({
    max: MOST,
    maxSize: MOST_BYTES,
    sizeCalculation: ({ bytes }, name) => bytes.length + name.length + OVERHEAD,
  })
  answers.onPurge(() => known.clear())
  return (request, response) => {
    const name = nameOf(request)
    const found = name && known.get(name)
    if (found && answers.isKept(found.representation) && answerAgain(found, request, response))
      return
    if (name) response.once('finish', () => void remember(name, response))
    listener(request, response)
  }

  async function remember(name: string, response: ServerResponse) {
    const representation = sent.get(response)
    const headers = response.getHeaders()
    if (!representation || representation.onlyByKey) return
    if (response.statusCode !== 200 || headers['set-cookie']) return
    const coding = (headers['content-encoding'] as Coding | undefined) ?? 'identity'
    const bytes = await bytesIn(representation, coding)
    if (!answers.isKept(representation)) return
    const whole: Headers = {
      ...without(OF_THE_MOMENT, headers),
      'content-type': representation.headers['content-type']!, // the renderer spells it otherwise
      'content-length': bytes.length,
    }
    const unchanged = without(OF_THE_CONTENT, whole)
    const tag = String(headers.etag)
    known.set(name, { representation, tag, headers: { whole, unchanged }, bytes })
  }
}

/** Undefined where more than the address and the decisive headers may matter. */
function nameOf({ method, url, httpVersion, headers }: IncomingMessage): string | undefined {
  if (method !== 'GET' || httpVersion !== '1.1' || url!.length > LONGEST) return undefined
  if (headers.accept === 'text/event-stream') return undefined // ten thousand of them stay open
  for (const header in headers) if (!KNOWN.has(header)) return undefined
  return `${url}\n${headers.accept}\n${headers['accept-encoding']}`
}

/** False where the client has another version, which needs a closer look. */
function answerAgain(
  { representation: { stem }, tag, headers, bytes }: Repeated,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const has = request.headers['if-none-match']
  if (has === undefined) {
    response.writeHead(200, headers.whole).end(bytes)
    return true
  }
  const same = knownTag(has, stem, tag)
  if (same === undefined) return false
  response.writeHead(304, { ...headers.unchanged, etag: same }).end()
  return true
}

const without = (names: ReadonlySet<string>, headers: OutgoingHttpHeaders): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || names.has(name) ? [] : [[name, value]],
    ),
  )
