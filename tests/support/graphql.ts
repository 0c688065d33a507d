/** Asks the GraphQL schema over a shelf of reviews, and counts the statements that this takes. */
import { graphql } from 'graphql'
import type { KyselyPlugin } from 'kysely'
import { contextOf } from '../../server/graphql/context'
import { schema } from '../../server/graphql/schema'
import type { Views } from '../../server/queries/tables'

export const SITE = 'https://example.org'

/** Data without the prototypes that GraphQL leaves out. */
export async function askGraphql(
  views: Views,
  source: string,
  variableValues: Record<string, unknown> = {},
) {
  let statements = 0
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      statements++
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const contextValue = contextOf(views.withPlugin(counting), SITE, { media: 'application/json' })
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue })
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors?.map(error => error.message),
    statements,
  }
}
