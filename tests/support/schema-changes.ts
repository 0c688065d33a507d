/** Finds the breaking changes between two JSON Schemas: what outsiders send must still be taken, what they get must still be what they know. */
import type { Json } from './json'

/** A schema, and the document that its `$ref`s point into. */
export interface Side {
  schema: Json
  root: Json
}
export type Direction = 'sent' | 'answered'

/** One sentence for each, with the place first: "GET /api/reviews, 200: items[].rating is gone". */
export function schemaChanges(was: Side, is: Side, direction: Direction, place: string): string[] {
  return new Comparison(direction).compare(was, is, place)
}

class Comparison {
  /** `seen` has the pairs of references under comparison, so that trees of trees end. */
  constructor(
    private direction: Direction,
    private seen = new Set<string>(),
  ) {}

  compare(was: Side, is: Side, place: string): string[] {
    const pair = `${was.schema.$ref} ${is.schema.$ref}`
    if (was.schema.$ref && is.schema.$ref) {
      if (this.seen.has(pair)) return []
      this.seen.add(pair)
    }
    const [old, current] = [resolved(was), resolved(is)]
    const [oldWays, ways] = [branches(old), branches(current)]
    if (oldWays.length > 1 || ways.length > 1) return this.#ways(oldWays, ways, place)
    return [
      ...this.#types(old.schema, current.schema, place),
      ...this.#values(old.schema, current.schema, place),
      ...(this.direction === 'sent' ? limitChanges(old.schema, current.schema, place) : []),
      ...this.#properties(old, current, place),
      ...(old.schema.items && current.schema.items
        ? this.compare(inside(old, 'items'), inside(current, 'items'), `${place}[]`)
        : []),
    ]
  }

  /** Each way that there was must still be there; an answer must not be of a kind that it never was. */
  #ways(before: Side[], now: Side[], place: string): string[] {
    const lost = before.flatMap((way, i) => {
      const closest = now
        .filter(other => isOfTheSameKind(way.schema, other.schema))
        .map(other => new Comparison(this.direction, new Set(this.seen)).compare(way, other, place))
        .sort((a, b) => a.length - b.length)[0] ?? [`${place} is never ${kindOf(way.schema)} now`]
      return closest.length
        ? [now.length === before.length ? this.compare(way, now[i]!, place) : closest]
        : []
    })
    const kinds = new Set(before.flatMap(({ schema }) => typesOf(schema)))
    const strange =
      this.direction === 'answered'
        ? now.flatMap(({ schema }) => typesOf(schema)).filter(type => !kinds.has(type))
        : []
    return [...lost.flat(), ...strange.map(type => `${place} can be ${type} now`)]
  }

  #types(was: Json, is: Json, place: string): string[] {
    const [before, now] = [typesOf(was), typesOf(is)]
    const changed =
      this.direction === 'sent'
        ? now.length > 0 && (!before.length || before.some(type => !takes(now, type)))
        : before.length > 0 && (!now.length || now.some(type => !takes(before, type)))
    return changed ? [`${place} was ${words(before)} and is ${words(now)}`] : []
  }

  #values(was: Json, is: Json, place: string): string[] {
    const [before, now] = [valuesOf(was), valuesOf(is)]
    if (this.direction === 'answered')
      return before && now && !now.some(value => before.includes(value))
        ? [`${place} was ${before.join(' or ')} and is ${now.join(' or ')}`]
        : []
    if (!now) return []
    if (!before) return [`${place} must be one of ${now.join(', ')} now`]
    return before
      .filter(value => !now.includes(value))
      .map(value => `${place} takes no ${value} any more`)
  }

  #properties(was: Side, is: Side, place: string): string[] {
    const [before, now] = [was.schema.properties ?? {}, is.schema.properties ?? {}]
    const must: string[] = was.schema.required ?? []
    const mustNow: string[] = is.schema.required ?? []
    const at = (name: string) => `${place}${place.includes(': ') ? '.' : ': '}${name}`
    const changed = Object.keys(before).flatMap(name =>
      name in now
        ? this.compare(
            { schema: before[name], root: was.root },
            { schema: now[name], root: is.root },
            at(name),
          )
        : [`${at(name)} is gone`],
    )
    const [needed, kept] =
      this.direction === 'sent' ? ([mustNow, must] as const) : ([must, mustNow] as const)
    const says = this.direction === 'sent' ? 'is required now' : 'may be absent now'
    const unkept = needed.filter(
      name => !kept.includes(name) && (this.direction === 'sent' || name in now),
    )
    return [...changed, ...unkept.map(name => `${at(name)} ${says}`)]
  }
}

/** What was taken must not be refused. */
function limitChanges(was: Json, is: Json, place: string): string[] {
  const lower = ['maximum', 'maxLength', 'maxItems', 'exclusiveMaximum']
  const higher = ['minimum', 'minLength', 'minItems', 'exclusiveMinimum']
  const tighter = [
    ...lower.filter(key => key in is && !(key in was && was[key] <= is[key])),
    ...higher.filter(key => key in is && !(key in was && was[key] >= is[key])),
    ...['pattern', 'multipleOf'].filter(key => key in is && was[key] !== is[key]),
  ]
  return [
    ...tighter.map(key => `${place} has another ${key} now: ${is[key]}`),
    ...(is.additionalProperties === false && was.additionalProperties !== false
      ? [`${place} takes no unknown fields any more`]
      : []),
  ]
}

const inside = ({ schema, root }: Side, key: string): Side => ({ schema: schema[key], root })

function resolved({ schema, root }: Side): Side {
  if (!schema.$ref) return { schema, root }
  const target = schema.$ref
    .slice(2)
    .split('/')
    .reduce((at: Json, step: string) => at[step], root)
  return resolved({ schema: target, root })
}

const branches = ({ schema, root }: Side): Side[] =>
  (schema.anyOf ?? schema.oneOf)?.flatMap((one: Json) =>
    branches(resolved({ schema: one, root })),
  ) ?? [{ schema, root }]

const typesOf = ({ type }: Json): string[] => [type ?? []].flat()
const takes = (types: string[], type: string) =>
  types.includes(type) || (type === 'integer' && types.includes('number'))
const valuesOf = (schema: Json): unknown[] | undefined =>
  'const' in schema ? [schema.const] : schema.enum
const words = (types: string[]) => types.join(' or ') || 'anything'

/** Branches that name themselves ("t": "p") are compared with their namesakes only. */
function isOfTheSameKind(was: Json, is: Json): boolean {
  const own = Object.entries((was.properties ?? {}) as Record<string, Json>)
  return own.every(([name, { const: value }]) => {
    const other = is.properties?.[name]
    return value === undefined || other?.const === undefined || other.const === value
  })
}

const kindOf = (schema: Json) => words(typesOf(schema))
