/** POST /graphql: a query, or a subscription as a stream (Accept: text/event-stream). */
import { defineEventHandler } from 'h3'
import { recordedProblem } from '../error-handler'

/** GraphQL is loaded when it is first asked for. */
export default defineEventHandler(async event => {
  const [{ answerPost }, { useEngine }] = await Promise.all([
    import('../graphql/answer'),
    import('../graphql/engine'),
  ])
  return answerPost(
    event,
    useEngine(error => recordedProblem(error, 'POST /graphql')),
  )
})
