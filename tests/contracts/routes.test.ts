/** /openapi.json announces every route that answers, and nothing else, with the schemas that the handlers validate with. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonSchemaOf } from '../../server/contracts/json-schema'
import type { Operation } from '../../server/contracts/operation'
import { OPERATIONS } from '../../server/contracts/operations'
import { handlerOf, routes, WHO_MAY } from '../support/who-may'

const announced: Record<string, Operation> = Object.assign(
  {},
  ...OPERATIONS.map(({ operations }) => operations),
)
const server = join(import.meta.dirname, '../../server')

/** Not for outsiders: the desk's own pages call them, and they may change at any time. */
const isOwn = (route: string) => / \/api\/desk\//.test(route)
/** Forms of our own pages, sent without a script. */
const isForm = (route: string) => /^POST \/(?:setup|sign-in|subscribe)\b/.test(route)

const others = globSync(['**/*.ts', '.*/**/*.ts'], { cwd: join(server, 'routes') }).map(file => {
  const [, path, method] = /^(.*)\.(get|post|put|delete)\.ts$/.exec(file)!
  return `${method!.toUpperCase()} /${path!.replaceAll(/\[(\w+)\]/g, ':$1').replace(/\/index$/, '')}`
})

it('announces each route once', () => {
  const all = OPERATIONS.flatMap(({ operations }) => Object.keys(operations))
  expect(all.filter((route, i) => all.indexOf(route) !== i)).toEqual([])
})

it('announces every route of the API, and no other', () => {
  const api = Object.keys(announced).filter(route => route.includes(' /api/'))
  expect(api.sort()).toEqual(
    routes()
      .filter(route => !isOwn(route))
      .sort(),
  )
})

it('announces every other address that machines read, and no other', () => {
  const outside = Object.keys(announced).filter(route => !route.includes(' /api/'))
  expect(outside.sort()).toEqual(others.filter(route => !isForm(route)).sort())
})

it('says of each route who may call it', () => {
  for (const [route, { who }] of Object.entries(announced))
    if (route in WHO_MAY) expect([route, who]).toEqual([route, WHO_MAY[route]])
})

/** What a handler reads: `readInput(event, schema)` and `readQuery(event, schema)`. */
const readBy = (source: string, read: 'readInput' | 'readQuery') =>
  new RegExp(`${read}\\(event, (\\w+)`).exec(source)?.[1]

async function schemaIn(file: string, source: string, name: string): Promise<z.ZodType> {
  const own = new RegExp(`const ${name} = (\\w+)\\(`).exec(source)?.[1]
  const imported = new RegExp(`import \\{[^}]*\\b${own ?? name}\\b[^}]*\\} from '([^']+)'`).exec(
    source,
  )
  if (!imported)
    throw new Error(`${file} has its own ${name}: export it, so that it can be announced`)
  const module = await import(join(dirname(file), imported[1]!))
  return own ? module[own](() => undefined) : module[name]
}

const jsonOf = (body: Operation['body']) => {
  if (!body) return undefined
  if (body instanceof z.ZodType) return body
  const found = [body].flat().find(({ type }) => type === 'application/json')?.is
  return typeof found === 'string' ? undefined : found
}
const shown = (schema: z.ZodType | undefined) => schema && jsonSchemaOf(schema, 'sent')

const handlers = Object.entries(announced).filter(([route]) => route.includes(' /api/'))

describe.each(handlers)('%s', (route, { query, body, idempotent, versioned, cacheable }) => {
  const file = handlerOf(route)
  const source = readFileSync(file, 'utf8')

  it.each([
    ['readInput', jsonOf(body)],
    ['readQuery', query],
  ] as const)('what it reads with %s is announced', async (read, schema) => {
    const name = readBy(source, read)
    const ofTheHandler = name ? await schemaIn(file, source, name) : undefined
    if (!name && read === 'readQuery' && /getQuery\(event\)/.test(source)) return
    expect(shown(schema)).toEqual(shown(ofTheHandler))
  })

  it('takes the headers that are announced', () => {
    expect(Boolean(idempotent)).toBe(/\bidempotent\(/.test(source))
    expect(Boolean(versioned)).toBe(/\b(?:requireVersion|openToChange)\(/.test(source))
    expect(Boolean(cacheable)).toBe(
      /\b(?:answerQuery|answerBatch|answerDocument|represent)\(/.test(source),
    )
  })
})
