/** GraphQL over HTTP by GraphQL Yoga, with our limits, persisted queries and errors. */
import { createYoga, type Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { settings } from '../config/settings'
import { useViews } from '../queries/views'
import { contextOf } from './context'
import { maskWith, type ProblemOf } from './errors'
import { type Carrier, handInAndOut } from './exchange'
import { requireAffordable } from './limits/cost'
import { parseLimited, requireLength } from './limits/document'
import { PersistedQueries } from './persisted'
import { schema } from './schema'

export type Engine = ReturnType<typeof createEngine>
let engine: Engine | undefined

/** This process's engine. `problemOf` says what outsiders may know of an error. */
export const useEngine = (problemOf: ProblemOf): Engine => (engine ??= createEngine(problemOf))

const createEngine = (problemOf: ProblemOf) =>
  createYoga<Carrier>({
    schema,
    context: ({ exchange }) => contextOf(useViews(), settings().siteUrl, exchange),
    graphqlEndpoint: '/graphql',
    graphiql: import.meta.dev ? { title: 'MyMovies' } : false,
    landingPage: false,
    cors: false,
    logging: false,
    multipart: false,
    maxRequestBodySize: false, // it is limited where it is read
    maskedErrors: { errorMessage: '', maskError: maskWith(problemOf) },
    parserAndValidationCache: { documentCache: textCache(), errorCache: textCache() },
    plugins: [limited(new PersistedQueries()), handInAndOut],
  })

/** A parsed document takes about a hundred times the memory of its text. */
const textCache = <Kept extends object>() =>
  new LRUCache<string, Kept>({
    max: 500,
    maxSize: 300_000,
    sizeCalculation: (_, text) => text.length + 1,
  })

const isObject = (params: unknown) => typeof params === 'object' && params !== null

const limited = (persisted: PersistedQueries): Plugin => ({
  onParams({ params, setParams }) {
    if (!isObject(params)) return // refused elsewhere
    const query = persisted.textOf(params)
    requireLength(query)
    setParams({ ...params, query })
  },
  onParse: ({ setParseFn }) => setParseFn(source => parseLimited(String(source.body ?? source))),
  onExecute: ({ args }) => requireAffordable(args),
  onSubscribe: ({ args }) => requireAffordable(args),
})
