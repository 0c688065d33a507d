/** Refuses a document that is too long, too deep or too wide before anything is done with it. */
import { type DocumentNode, GraphQLError, parse } from 'graphql'
import { sizeOf } from './measure'

/** In characters. The query with which tools read the schema has 2,000. */
export const LONGEST = 20_000
const MOST_TOKENS = 4000
/** The query with which tools read the schema has 15. */
const DEEPEST = 16
const MOST_FIELDS = 500

/** Throws a GraphQLError if the text is too long to be looked at; what is no text is refused elsewhere. */
export function requireLength(text: unknown): void {
  if (typeof text === 'string' && text.length > LONGEST)
    throw tooMuch(`The query may have at most ${LONGEST} characters; it has ${text.length}.`)
}

/** The parsed document. Throws a GraphQLError that says which limit it is beyond. */
export function parseLimited(text: string): DocumentNode {
  const document = parse(text, { maxTokens: MOST_TOKENS })
  const { depth, fields, circle } = sizeOf(document)
  if (circle) throw tooMuch(`The fragment "${circle}" spreads itself.`)
  if (depth > DEEPEST)
    throw tooMuch(`The query may be at most ${DEEPEST} fields deep; it is ${depth}.`)
  if (fields > MOST_FIELDS)
    throw tooMuch(`The query may name at most ${MOST_FIELDS} fields; it names ${fields}.`)
  return document
}

const tooMuch = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'GRAPHQL_LIMIT_EXCEEDED' } })
