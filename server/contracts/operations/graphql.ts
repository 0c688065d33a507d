/** GraphQL over HTTP; what can be asked is in its own schema. */
import { z } from 'zod'
import type { Content, Operation, Operations } from '../operation'

/** Texts in a query string, where the last two are JSON. */
const query = z.object({
  query: z.string().optional(),
  operationName: z.string().optional(),
  variables: z.string().optional(),
  extensions: z.string().optional(),
})
const body = z.object({
  query: z.string().optional(),
  operationName: z.string().nullish(),
  variables: z.looseObject({}).nullish(),
  extensions: z.looseObject({}).nullish(),
})
const result = z.object({
  data: z.looseObject({}).nullish(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
  extensions: z.looseObject({}).optional(),
})
const answers: Record<number, Content[]> = {
  200: [
    { type: 'application/json', is: result },
    { type: 'application/graphql-response+json', is: result },
    { type: 'text/event-stream', is: 'The results of a subscription, one by one.' },
  ],
}
const refuses: Operation['refuses'] = { 406: ['The answer is a stream'] }

export const GRAPHQL: Operations = {
  'GET /graphql': {
    does: 'Answers a query, or a subscription as a stream',
    who: 'public',
    query,
    answers,
    refuses,
    cacheable: true,
  },
  'POST /graphql': {
    does: 'Answers a query, or a subscription as a stream',
    who: 'public',
    body,
    answers,
    refuses,
  },
}
