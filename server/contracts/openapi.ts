/** The OpenAPI 3.1 document: every announced route, with the schemas that its handler validates with. */
import { SharedSchemas } from './json-schema'
import { openApiOperation } from './openapi-operation'
import { OPERATIONS } from './operations'
import { CONTRACT_VERSION } from './version'

export function openApi(siteUrl: string, sessionCookie: string) {
  const shared = new SharedSchemas('#/components/schemas/')
  const paths: Record<string, Record<string, object>> = {}
  for (const { tag, operations } of OPERATIONS)
    for (const [route, operation] of Object.entries(operations)) {
      const [method, path] = route.split(' ') as [string, string]
      const place = (paths[path.replaceAll(/:(\w+)/g, '{$1}')] ??= {})
      place[method.toLowerCase()] = {
        tags: [tag],
        ...openApiOperation(route, operation, shared),
      }
    }
  return {
    openapi: '3.1.0',
    info: {
      title: 'MyMovies',
      version: CONTRACT_VERSION,
      description:
        'Read, follow and write reviews. Every refusal is a problem (RFC 9457). Fields may be added to answers at any time; nothing is removed or retyped without a new version.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: siteUrl }],
    externalDocs: { url: `${siteUrl}/developers`, description: 'Examples' },
    tags: OPERATIONS.map(({ tag, about }) => ({ name: tag, description: about })),
    paths,
    components: {
      schemas: shared.all,
      parameters: PARAMETERS,
      headers: HEADERS,
      securitySchemes: securitySchemes(sessionCookie),
    },
  }
}

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
})

const PARAMETERS = {
  IdempotencyKey: {
    ...header(
      'Idempotency-Key',
      'The same key with the same body gets the same answer for 48 hours, and does nothing twice.',
    ),
    schema: { type: 'string', pattern: '^[\\x21-\\x7E]{1,255}$' },
  },
  IfMatch: header('If-Match', 'The version that you have seen, as `"3"`; a stale one is a 412.'),
  LastEventId: header('Last-Event-ID', 'The position of the last event that you have.'),
  LastEventIdInQuery: {
    name: 'lastEventId',
    in: 'query',
    description: 'The same, where a client cannot set the header.',
    schema: { type: 'string' },
  },
  IfNoneMatch: header('If-None-Match', 'The ETag that you have.'),
  IfModifiedSince: header('If-Modified-Since', 'The Last-Modified that you have.'),
}

const HEADERS = {
  ETag: { schema: { type: 'string' } },
  LastModified: { schema: { type: 'string' } },
}

const securitySchemes = (sessionCookie: string) => ({
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token, mm_…, with the scopes that it was given.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie,
    description: 'The cookie of somebody who signed in at the desk.',
  },
  manageToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of one subscription, from the answer that made it.',
  },
})
