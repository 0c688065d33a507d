/** The addresses outside the API: feeds, pictures, what machines look for, and these documents. */
import { z } from 'zod'
import { feedQuery } from '../../queries/list-filter'
import type { Content, Operation, Operations } from '../operation'

const get = (does: string, answer: Content, more: Partial<Operation> = {}): Operation => ({
  does,
  who: 'public',
  answers: { 200: answer },
  ...more,
})
const document = (does: string, type: string, is: string, more?: Partial<Operation>) =>
  get(does, { type, is }, { cacheable: true, ...more })
const feed = (does: string, type: string, is: string) =>
  document(does, type, is, {
    query: feedQuery,
    refuses: { 404: ['No such genre', 'No such critic'] },
  })
const picture: Partial<Operation> = {
  refuses: { 404: ['No such picture'], 503: ['Too many pictures at once'] },
}
const hub: Partial<Operation> = { refuses: { 404: ['Not found'] } }
const state = z.object({ status: z.string() })

export const FILES: Operations = {
  'GET /feed.xml': feed('The newest reviews', 'application/rss+xml', 'RSS 2.0.'),
  'GET /atom.xml': feed('The newest reviews', 'application/atom+xml', 'Atom (RFC 4287).'),
  'GET /feed.json': feed('The newest reviews', 'application/feed+json', 'JSON Feed 1.1.'),
  'GET /pictures/:id/share.jpg': document(
    'A review’s title card, 1200 × 630',
    'image/jpeg',
    'A picture.',
    picture,
  ),
  'GET /pictures/:id/portrait.jpg': document(
    'A review as an upright picture, 1080 × 1350',
    'image/jpeg',
    'A picture.',
    picture,
  ),
  'GET /pictures/share.jpg': document('The site’s own picture', 'image/jpeg', 'A picture.'),
  'GET /uploads/:name': get(
    'An uploaded picture',
    { type: 'image/*', is: 'A picture.' },
    { refuses: { 404: ['No such picture'], 410: ['This picture was withdrawn'] } },
  ),
  'GET /openapi.json': document('This document', 'application/json', 'OpenAPI 3.1.'),
  'GET /asyncapi.json': document('The events', 'application/json', 'AsyncAPI 3.0.'),
  'GET /schemas/:name': document(
    'The schema that a notice names in dataschema',
    'application/schema+json',
    'JSON Schema, draft 2020-12.',
    { refuses: { 404: ['No such schema'] } },
  ),
  'GET /websub': document('What the hub of our feeds is for', 'text/plain', 'A sentence.', hub),
  'POST /websub': {
    does: 'Subscribes to a feed, or ends that (W3C WebSub): we ask the callback to confirm it',
    who: 'public',
    body: {
      type: 'application/x-www-form-urlencoded',
      is: 'hub.mode, hub.callback, hub.topic, hub.lease_seconds and hub.secret.',
    },
    answers: {
      200: { type: 'text/plain', is: 'There is no need to publish to this hub.' },
      202: { type: 'text/plain', is: 'It waits for the callback to confirm it.' },
    },
    ...hub,
  },
  'GET /schema.graphql': document(
    'What can be asked at /graphql',
    'application/graphql',
    'A schema.',
  ),
  'GET /sitemap.xml': document('Every public page', 'application/xml', 'A sitemap.'),
  'GET /robots.txt': document('What crawlers may read', 'text/plain', 'RFC 9309.'),
  'GET /opensearch.xml': document(
    'How a browser searches here',
    'application/opensearchdescription+xml',
    'OpenSearch 1.1.',
  ),
  'GET /.well-known/security.txt': document(
    'Whom to tell about a weakness; absent where nobody is named',
    'text/plain',
    'RFC 9116.',
    { refuses: { 404: ['Not found'] } },
  ),
  'GET /health': get('Whether the process is up', { type: 'application/json', is: state }),
  'GET /ready': {
    does: 'Whether it may take traffic',
    who: 'public',
    answers: { 200: state, 503: state },
  },
}
