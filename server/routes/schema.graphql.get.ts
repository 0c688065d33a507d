/** GET /schema.graphql: what can be asked at /graphql, in GraphQL's own language. */
import { defineEventHandler } from 'h3'
import { answerCacheable } from '../http/answer/answer-cacheable'

export default defineEventHandler(async event => {
  const { printedSchema } = await import('../graphql/printed-schema')
  return answerCacheable(event, printedSchema(), 'application/graphql')
})
