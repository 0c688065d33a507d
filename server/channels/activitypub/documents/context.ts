/** What our documents have in common: JSON-LD contexts that every server knows, and the media type. */

export const ACTIVITY_JSON = 'application/activity+json'
export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

export type Document = Record<string, unknown>

const CONTEXT = [
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/v1',
  {
    alsoKnownAs: { '@id': 'as:alsoKnownAs', '@type': '@id' },
    discoverable: 'toot:discoverable',
    Hashtag: 'as:Hashtag',
    indexable: 'toot:indexable',
    manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
    sensitive: 'as:sensitive',
    toot: 'http://joinmastodon.org/ns#',
  },
]

/** As a document of its own; what it contains has no context. */
export const withContext = (document: Document): Document => ({ '@context': CONTEXT, ...document })
