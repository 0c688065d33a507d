/** A subscription as GraphQL asks for it, and what it sends as the notice that other ways send. */
import { dataSchemaUrl, sequenceOf } from '../../shared/notice'
import type { Subscription } from '../../shared/schemas/subscription'
import type { Notice } from '../../shared/types/notice'
import { picksOf } from './graphql-picks'
import type { Json } from './json'

const SITE = 'https://example.org'

/** The body of the request. */
export const asGraphql = (
  { types, subject, wants, shape, fields }: Subscription,
  after: number,
) => ({
  query: `subscription ($types: [String!], $subject: [ID!], $wants: ReviewWants, $after: Int) {
    reviewEvents(types: $types, subject: $subject, wants: $wants, after: $after) {
      id type position time subject url withdrawn
      ${shape === 'thin' ? 'api' : `review { id ${picksOf(fields)} }`}
    }
  }`,
  variables: { types, subject, wants, after },
})

/** `result` is one of its results. */
export function noticeIn(result: Json, { shape }: Subscription): Notice {
  const { id, type, position, time, subject, url, api, withdrawn, review } =
    result.data.reviewEvents
  return {
    specversion: '1.0',
    id,
    source: SITE,
    type,
    subject,
    time,
    sequence: sequenceOf(position),
    datacontenttype: 'application/json',
    dataschema: dataSchemaUrl(SITE, type, shape),
    data: dataOf(),
  } as Notice

  function dataOf() {
    if (shape === 'thin') return { id: subject, url, api }
    return withdrawn ? { id: subject, url, withdrawn } : withoutNulls(review)
  }
}

/** GraphQL says null, and false for what is not a sample, where JSON elsewhere says nothing. */
const withoutNulls = (review: object) =>
  JSON.parse(
    JSON.stringify(review, (name, value) =>
      name === 'sample' && !value ? undefined : (value ?? undefined),
    ),
  )
