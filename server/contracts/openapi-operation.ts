/** One route as OpenAPI 3.1 describes it. */
import { z } from 'zod'
import { anchorOf } from '../../shared/problems'
import { problemSchema } from '../../shared/schemas/answers/problem'
import type { Direction, JsonSchema, SharedSchemas } from './json-schema'
import type { Body, Caller, Content, Operation } from './operation'
import { refusalsOf } from './refusals'

const JSON_TYPE = 'application/json'

export function openApiOperation(route: string, operation: Operation, shared: SharedSchemas) {
  const { does, who, query, body } = operation
  return {
    operationId: route.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    summary: does,
    security: securityOf(who),
    ...(WHO[who] && { description: WHO[who] }),
    parameters: [
      ...[...route.matchAll(/:(\w+)/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...(query ? queryParameters(query, shared) : []),
      ...headersOf(operation).map(name => ({ $ref: `#/components/parameters/${name}` })),
    ],
    ...(body && { requestBody: { required: true, content: contentOf(body, 'sent', shared) } }),
    responses: responsesOf(operation, shared),
  }
}

const WHO: Partial<Record<Caller, string>> = {
  'session editor': 'Editors and owners.',
  'session owner': 'Owners.',
  'reviews editor': 'Editors and owners.',
}

function securityOf(who: Caller): object[] {
  if (who === 'public') return []
  if (who === 'reader') return [{ manageToken: [] }]
  if (who.startsWith('session')) return [{ session: [] }]
  const scopes = who === 'somebody' ? [] : [who.split(' ')[0]!]
  return [{ token: scopes }, { session: [] }]
}

function queryParameters(query: z.ZodObject, shared: SharedSchemas): object[] {
  const { properties = {}, required = [] } = shared.add(query, 'sent')
  return Object.entries(properties as Record<string, JsonSchema>).map(
    ([name, { description, ...schema }]) => ({
      name,
      in: 'query',
      ...((required as string[]).includes(name) && { required: true }),
      ...(description !== undefined && { description }),
      schema,
    }),
  )
}

function headersOf({ idempotent, versioned, cacheable, resumes }: Operation): string[] {
  return [
    ...(idempotent ? ['IdempotencyKey'] : []),
    ...(versioned ? ['IfMatch'] : []),
    ...(resumes ? ['LastEventId', 'LastEventIdInQuery'] : []),
    ...(cacheable ? ['IfNoneMatch', 'IfModifiedSince'] : []),
  ]
}

function contentOf(body: NonNullable<Body>, direction: Direction, shared: SharedSchemas) {
  const contents: Content[] =
    body instanceof z.ZodType ? [{ type: JSON_TYPE, is: body }] : [body].flat()
  return Object.fromEntries(
    contents.map(({ type, is }) => [
      type,
      {
        schema:
          typeof is === 'string' ? { type: 'string', description: is } : shared.add(is, direction),
      },
    ]),
  )
}

function responsesOf(operation: Operation, shared: SharedSchemas) {
  const { answers, cacheable, versioned } = operation
  const tags = {
    ...((cacheable || versioned) && { ETag: { $ref: '#/components/headers/ETag' } }),
    ...(cacheable && { 'Last-Modified': { $ref: '#/components/headers/LastModified' } }),
  }
  const done = Object.entries(answers).map(([status, body]) => [
    status,
    {
      description: DONE[status] ?? 'Done.',
      ...(Object.keys(tags).length && { headers: tags }),
      ...(body && { content: contentOf(body, 'answered', shared) }),
    },
  ])
  const problem = { 'application/problem+json': { schema: shared.add(problemSchema, 'answered') } }
  const own = refusalsOf(operation).filter(([status]) => !(status in answers))
  const refused = own.map(([status, titles]) => [
    status,
    {
      description: titles.map(title => `[${title}](/developers#${anchorOf(title)})`).join(', '),
      content: problem,
    },
  ])
  return Object.fromEntries([
    ...done,
    ...(cacheable ? [['304', { description: 'You have it already.' }]] : []),
    ...refused,
    ['default', { description: 'Any other refusal.', content: problem }],
  ])
}

const DONE: Record<string, string> = {
  200: 'The answer.',
  201: 'Made; Location says where.',
  202: 'Accepted, and on disk.',
  204: 'Done; nothing to say.',
  410: 'It was public once.',
  308: 'It has another address now.',
  503: 'Not ready.',
}
