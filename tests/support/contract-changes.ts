/** Finds what outsiders would trip over between two contracts: what was released, and what is announced now. */
import type { Json } from './json'
import { schemaChanges, type Side } from './schema-changes'

export interface Contract {
  version: string
  openapi: Json
  /** Names of the channels and messages of AsyncAPI. */
  channels: string[]
  messages: string[]
  /** By the name of the file. */
  schemas: Record<string, Json>
  /** Anchors of the kinds of problems. */
  problems: string[]
}

/** One sentence for each, with the place first. */
export function breakingChanges(before: Contract, now: Contract): string[] {
  return [
    ...missing('the problem', before.problems, now.problems),
    ...missing('the schema', Object.keys(before.schemas), Object.keys(now.schemas)),
    ...missing('the message', before.messages, now.messages),
    ...missing('the channel', before.channels, now.channels),
    ...shared(before.schemas, now.schemas, (was, is, name) =>
      schemaChanges(sideOf(was), sideOf(is), 'answered', name),
    ),
    ...routeChanges(before.openapi, now.openapi),
  ]
}

const sideOf = (document: Json): Side => ({ schema: document, root: document })

const missing = (what: string, before: string[], now: string[]) =>
  before.filter(name => !now.includes(name)).map(name => `${what} ${name} is gone`)

function shared<One>(
  before: Record<string, One>,
  now: Record<string, One>,
  compare: (was: One, is: One, name: string) => string[],
): string[] {
  return Object.entries(before).flatMap(([name, was]) =>
    name in now ? compare(was, now[name]!, name) : [],
  )
}

function routeChanges(before: Json, now: Json): string[] {
  return Object.entries(before.paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Json>).flatMap(([method, was]) => {
      const route = `${method.toUpperCase()} ${path}`
      const is = now.paths[path]?.[method]
      if (!is) return [`${route} is gone`]
      return [
        ...accessChanges(was, is, route),
        ...parameterChanges({ was, is, before, now, route }),
        ...contentChanges(was.requestBody?.content, is.requestBody?.content, {
          before,
          now,
          place: `${route}, body`,
          direction: 'sent',
        }),
        ...(is.requestBody && !was.requestBody ? [`${route}, body is required now`] : []),
        ...answerChanges({ was, is, before, now, route }),
      ]
    }),
  )
}

/** Whoever could call it still can. */
function accessChanges(was: Json, is: Json, route: string): string[] {
  const ways = (operation: Json) => (operation.security as Json[]).map(way => JSON.stringify(way))
  if (!is.security.length) return []
  const lost = was.security.length ? ways(was).filter(way => !ways(is).includes(way)) : ['anybody']
  return lost.map(way => `${route} may no longer be called by ${way}`)
}

interface Routes {
  was: Json
  is: Json
  before: Json
  now: Json
  route: string
}

function parameterChanges({ was, is, before, now, route }: Routes): string[] {
  const named = (operation: Json, document: Json) =>
    new Map<string, Json>(
      operation.parameters.map((one: Json) => {
        const whole = one.$ref ? document.components.parameters[one.$ref.split('/').at(-1)] : one
        return [`${whole.in} ${whole.name}`, whole]
      }),
    )
  const [old, current] = [named(was, before), named(is, now)]
  return [
    ...[...old].flatMap(([name, one]) => {
      const other = current.get(name)
      const place = `${route}, ${name}`
      if (!other) return [`${place} is gone`]
      return schemaChanges(
        { schema: one.schema, root: before },
        { schema: other.schema, root: now },
        'sent',
        place,
      )
    }),
    ...[...current]
      .filter(([name, { required }]) => required && !old.get(name)?.required)
      .map(([name]) => `${route}, ${name} is required now`),
  ]
}

function contentChanges(
  was: Json | undefined,
  is: Json | undefined,
  at: { before: Json; now: Json; place: string; direction: 'sent' | 'answered' },
): string[] {
  return Object.entries((was ?? {}) as Record<string, Json>).flatMap(([type, { schema }]) =>
    is?.[type]
      ? schemaChanges(
          { schema, root: at.before },
          { schema: is[type].schema, root: at.now },
          at.direction,
          at.place,
        )
      : [`${at.place} is no longer ${type}`],
  )
}

function answerChanges({ was, is, before, now, route }: Routes): string[] {
  return Object.entries(was.responses as Record<string, Json>)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, answer]) => {
      const place = `${route}, ${status}`
      const other = is.responses[status]
      if (!other) return [`${place} is gone`]
      return contentChanges(answer.content, other.content, {
        before,
        now,
        place,
        direction: 'answered',
      })
    })
}
