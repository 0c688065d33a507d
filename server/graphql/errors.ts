/** What clients see of an error: a problem as everywhere else in the API, and nothing of a mistake of ours. */
import { GraphQLError } from 'graphql'
import type { Problem } from '../http/problem'

const CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  410: 'GONE',
  422: 'BAD_USER_INPUT',
  503: 'SERVICE_UNAVAILABLE',
}

export type ProblemOf = (error: Error) => Problem

/**
 * Errors about the query itself stay as they are; what a field threw becomes its problem, as
 * `problemOf` has it, in `extensions`.
 */
export const maskWith =
  (problemOf: ProblemOf) =>
  (error: unknown): Error => {
    const thrown = error instanceof GraphQLError ? error.originalError : error
    if (!(thrown instanceof Error) || thrown instanceof GraphQLError) return error as Error
    const { status, detail, title, ...others } = problemOf(thrown).body()
    const { nodes, source, positions, path } = error instanceof GraphQLError ? error : {}
    return new GraphQLError(detail ?? title, {
      nodes,
      source,
      positions,
      path,
      extensions: { code: CODES[status] ?? 'INTERNAL_SERVER_ERROR', title, status, ...others },
    })
  }
