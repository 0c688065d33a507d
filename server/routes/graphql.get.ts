/** GET /graphql?query=: a query, or a subscription for EventSource; a browser that only visits is sent to the documentation. */
import { defineEventHandler } from 'h3'
import { recordedProblem } from '../error-handler'

/** GraphQL is loaded when it is first asked for. */
export default defineEventHandler(async event => {
  const [{ answerGet }, { useEngine }] = await Promise.all([
    import('../graphql/answer'),
    import('../graphql/engine'),
  ])
  return answerGet(
    event,
    useEngine(error => recordedProblem(error, 'GET /graphql')),
  )
})
