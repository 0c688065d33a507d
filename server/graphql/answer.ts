/** Answers GraphQL over HTTP: a GET from what is kept if possible, a subscription as a stream, a browser with the documentation. */
import { getRequestHeader, type H3Event, sendRedirect } from 'h3'
import { answer } from '../http/answer/answer'
import { useAnswers } from '../http/answer/cache'
import { represent } from '../http/answer/representation'
import { forSharedCaches } from '../http/answer/shared-caches'
import { problem } from '../http/problem'
import type { Engine } from './engine'
import { execute, type Executed } from './execute'
import { acceptsStream, mediaFor } from './media'
import { keyOf, readGet, readPost } from './params'
import { playground } from './playground'
import { streamResults } from './stream'

/** In characters: a larger answer would take the place of many pages. */
const MOST_KEPT = 256 * 1024

const DOCUMENTATION = '/developers#graphql'

export async function answerPost(event: H3Event, engine: Engine) {
  return send(event, await execute(event, engine, await readPost(event)))
}

/** An answer without errors is kept until the next public event, under the hash of its query. */
export async function answerGet(event: H3Event, engine: Engine) {
  const read = readGet(event)
  const { params } = read
  const accept = getRequestHeader(event, 'accept')
  if (!params.query && !params.extensions && accept?.includes('text/html'))
    return import.meta.dev ? playground(event, engine) : sendRedirect(event, DOCUMENTATION, 303)
  const key = keyOf(read, mediaFor(accept))
  if (!key) return send(event, await execute(event, engine, params))
  const answers = useAnswers()
  const known = await answers.find(key)
  if (known) return answer(event, known)
  const done = answers.begin(key)
  try {
    const executed = await execute(event, engine, params)
    if (!executed.content || !executed.isWhole || executed.content.body.length > MOST_KEPT) {
      done()
      return await send(event, executed)
    }
    const headers = { ...executed.content.headers, ...forSharedCaches(['graphql']) }
    return await answer(event, done({ ...executed.content, headers }))
  } catch (error) {
    done()
    throw error
  }
}

function send(event: H3Event, { content, stream }: Executed) {
  if (content) return answer(event, represent(content))
  if (!acceptsStream(getRequestHeader(event, 'accept')))
    problem(406, 'The answer is a stream', 'A subscription is answered with text/event-stream.')
  return streamResults(event, stream)
}
