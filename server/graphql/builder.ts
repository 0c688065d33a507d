/** Builds the GraphQL schema: what all its types share. */
import SchemaBuilder from '@pothos/core'
import RelayPlugin from '@pothos/plugin-relay'
import type { Context } from './context'

export const builder = new SchemaBuilder<{
  Context: Context
  DefaultFieldNullability: false
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
  }
}>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    cursorType: 'String',
    edgesFieldOptions: { nullable: { list: false, items: false } },
    nodeFieldOptions: { nullable: false },
    nodesOnConnection: true,
    // An id is the same here as everywhere else in the API, so it does not name its type.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    firstArgOptions: { description: 'At most this many, from the start; 1 to 100, default 20.' },
    lastArgOptions: { description: 'At most this many, from the end; 1 to 100.' },
    afterArgOptions: { description: 'The cursor after which the page begins.' },
    beforeArgOptions: { description: 'The cursor before which the page ends.' },
  },
})

/** Times are sent as they are kept; none is ever read. */
builder.scalarType('DateTime', {
  description: 'A time in UTC as ISO 8601, such as 2026-11-23T18:00:00Z.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: String,
})

builder.scalarType('JSON', {
  description: 'Any value that JSON has.',
  serialize: value => value,
})

builder.queryType({ description: 'Everything that the public may read.' })
