/**
 * Turns every error into an answer: browsers get the error page, other clients a problem document
 * (RFC 9457), and nobody sees a stack, SQL or a secret.
 */
import { randomUUID } from 'node:crypto'
import {
  getRequestHeader,
  getResponseHeader,
  type H3Error,
  type H3Event,
  send,
  setResponseHeaders,
  setResponseStatus,
} from 'h3'
import type { NitroErrorHandler } from 'nitropack/types'
import { isBusyOrFull } from './db/errors'
import { Problem } from './http/problem'
import { pathsOf } from './http/validation-messages'
import { printable } from './kit/printable'

const MACHINE_PATHS =
  /^\/(?:api|live|graphql|health|ready|metrics)(?:\/|$)|\.(?:xml|json|txt|js|webmanifest)$/

const handler: NitroErrorHandler = (error, event) => {
  if (event.handled || event.node.res.headersSent) return
  const found = recordedProblem(error, `${event.method} ${event.path.split('?')[0]!}`)
  if (asksForPage(event)) return preparePage(error, found, event)
  setResponseHeaders(event, {
    'content-type': 'application/problem+json',
    ...('cache-control' in (found.extras.headers ?? {}) ? {} : { 'cache-control': 'no-store' }),
    ...found.extras.headers,
  })
  setResponseStatus(event, found.statusCode, found.statusMessage)
  return send(event, JSON.stringify(found.body()))
}
export default handler

/** What outsiders may learn about an error; a mistake of ours is logged, under the id that they see. */
export function recordedProblem(error: H3Error | Error, where: string): Problem {
  const found = asProblem(error)
  if (found.statusCode >= 500 && found.statusCode !== 503)
    found.extras.members = { id: logged(error, where) }
  return found
}

/** What outsiders may learn about an error; an unexpected one reveals nothing about itself. */
export function asProblem(error: H3Error | Error): Problem {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Problem) return cause
    if (cause.name === 'LogUnavailable' || isBusyOrFull(cause))
      return new Problem(
        503,
        'The server is busy',
        'Nothing was saved. Try again in a few seconds.',
        undefined,
        {
          headers: { 'retry-after': '5' },
        },
      )
    if (cause.name === 'VersionConflict')
      return new Problem(
        409,
        'Two changes at the same time',
        'Somebody else changed this in the same moment. Load it again, then send again.',
      )
    if (cause.name === 'ZodError' || cause.name === '$ZodError')
      return new Problem(
        422,
        'Some fields are not valid',
        undefined,
        pathsOf((cause as unknown as { issues: Parameters<typeof pathsOf>[0] }).issues),
      )
    if (cause instanceof URIError)
      return new Problem(400, 'The address is malformed', 'The address has a broken % escape.')
  }
  const known = error as Partial<H3Error>
  if (known.unhandled || !known.statusCode || known.statusCode >= 500)
    return new Problem(
      known.statusCode === 503 ? 503 : 500,
      'Something went wrong on the server',
      'The mistake is ours, and it has been recorded.',
    )
  if (known.statusCode === 404)
    return new Problem(404, 'Not found', 'There is nothing at this address.')
  return new Problem(
    known.statusCode,
    'The request was refused',
    error.message || known.statusMessage,
  )
}

const asksForPage = (event: H3Event) =>
  !MACHINE_PATHS.test(event.path.split('?')[0]!) &&
  /text\/html|application\/xhtml/.test(getRequestHeader(event, 'accept') ?? '')

/** Makes the error presentable; the next handler (Nuxt's own) renders error.vue. */
function preparePage(error: H3Error, found: Problem, event: H3Event): void {
  Object.assign(error, {
    statusCode: found.statusCode,
    statusMessage: found.statusMessage,
    message: found.detail ?? found.title,
    data: error instanceof Problem ? error.data : undefined,
    unhandled: false,
    fatal: false,
  })
  setResponseHeaders(event, { ...found.extras.headers })
  if (!getResponseHeader(event, 'cache-control'))
    setResponseHeaders(event, { 'cache-control': 'no-store' })
}

/**
 * Logs the error under a short id, which links what a person saw to the line in the log. The query
 * and the error's own fields are not logged: they may contain a token. What the client wrote can
 * start no line of its own: the stack's lines are indented.
 */
function logged(error: Error, where: string): string {
  const id = randomUUID().slice(0, 8)
  const { stack = '' } = error.cause instanceof Error ? error.cause : error
  const [first, ...rest] = stack.split('\n').map(printable)
  console.error([`[${id}] ${printable(where)} ${first}`, ...rest].join('\n    '))
  return id
}
