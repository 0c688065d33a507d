/** Queries that would cost too much are refused in milliseconds, and those of tools are not. */
import { getIntrospectionQuery, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { costOf, requireAffordable } from '../../server/graphql/limits/cost'
import { LONGEST, parseLimited, requireLength } from '../../server/graphql/limits/document'
import { schema } from '../../server/graphql/schema'

const deep = (levels: number) =>
  `{ reviews { nodes { ${'movie { reviews { nodes { '.repeat(levels)} id ${' } } }'.repeat(levels)} } } }`
const aliases = (count: number) =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: genres { name }`).join(' ')} }`
/** Each fragment spreads the next one ten times. */
const bomb = (levels: number) =>
  `{ reviews { nodes { ...f0 } } } ${Array.from(
    { length: levels },
    (_, i) => `fragment f${i} on Review { ${`...f${i + 1} `.repeat(10)} }`,
  ).join(' ')} fragment f${levels} on Review { id }`

/** Milliseconds of the processor, so that a busy machine makes no difference. */
function computed(run: () => void): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

function refused(text: string) {
  let message = ''
  const ms = computed(() => {
    try {
      requireLength(text)
      parseLimited(text)
    } catch (error) {
      message = (error as Error).message
    }
  })
  return { message, ms }
}

describe('a document', () => {
  it.each([
    ['a megabyte long', 'x'.repeat(1 << 20), `The query may have at most ${LONGEST} characters`],
    ['50 deep', deep(16), /at most 16 fields deep; it is 51/],
    ['10,000 aliases wide', aliases(10_000), /at most/],
    ['600 aliases wide', aliases(600), /at most 500 fields; it names 1200/],
    ['with many tokens', `{${' a'.repeat(9000)} }`, /tokens/],
    ['a bomb of fragments', bomb(30), /at most 500 fields/],
    ['a circle of one', '{ ...a } fragment a on Query { ...a }', /"a" spreads itself/],
    [
      'a circle of three that nobody spreads',
      '{ genres { name } } fragment a on Query { ...b } fragment b on Query { ...c } fragment c on Query { genres { name } ...a }',
      /spreads itself/,
    ],
    [
      'a circle in a field',
      '{ reviews { nodes { ...r } } } fragment r on Review { movie { reviews { nodes { ...r } } } }',
      /spreads itself/,
    ],
    ['nested brackets', `{ reviews(q: ${'['.repeat(5000)}`, /Syntax Error|tokens/],
    ['unfinished', '{ reviews {', /Syntax Error/],
    ['empty', '', /Syntax Error/],
  ])('%s is refused at once', (_, text, message) => {
    const found = refused(text)
    expect(found.message).toMatch(message)
    expect(found.ms).toBeLessThan(100)
  })

  it('that is as wide as it may be is validated in milliseconds', () => {
    const document = parseLimited(aliases(250))
    let errors: unknown
    const ms = computed(() => (errors = validate(schema, document)))
    expect(errors).toEqual([])
    expect(ms).toBeLessThan(300)
  })

  it('that names itself and others wrongly is none of our business here', () => {
    expect(() => parseLimited('{ ...nobody }')).not.toThrow()
  })

  it('that asks for the schema in circles is not valid', () => {
    const text = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`
    expect(validate(schema, parseLimited(text))).toHaveLength(1)
  })

  it('is the one with which tools read the schema', () => {
    const text = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true })
    const document = parseLimited(text)
    expect(validate(schema, document)).toEqual([])
    expect(() => requireAffordable({ schema, document })).not.toThrow()
  })
})

describe('the cost', () => {
  const cost = (text: string, variableValues = {}, operationName?: string) =>
    costOf({ schema, document: parse(text), variableValues, operationName })

  it.each([
    ['{ reviews { nodes { id } } }', 21],
    ['{ reviews(first: 100) { nodes { id } } }', 101],
    ['{ reviews(last: 5) { edges { cursor } } }', 6],
    ['{ reviews(first: 10) { nodes { movie { reviews(first: 10) { nodes { id } } } } } }', 131],
    ['{ reviews(first: 10) { nodes { ...r } } } fragment r on Review { movie { id } }', 21],
    ['{ ... on Query { reviews(first: 10) { nodes { id } } } }', 11],
    ['query ($n: Int = 7) { reviews(first: $n) { nodes { id } } }', 8],
    ['{ reviews(first: null) { nodes { id } } }', 21],
    ['{ __typename }', 0],
    ['{ reviews(q: "x", first: 1) { nodes { id } } }', 252],
    ['query ($q: String) { reviews(q: $q, first: 1) { nodes { id } } }', 252],
  ])('of %s is %d', (text, points) => {
    expect(cost(text)).toBe(points)
  })

  it('takes sizes from the variables, and what is no size as the most', () => {
    const text = 'query ($n: Int) { reviews(first: $n) { nodes { id } } }'
    expect(cost(text, { n: 3 })).toBe(4)
    expect(cost(text, { n: null })).toBe(21)
    for (const n of [-1, 1e9, 'x', {}]) expect(cost(text, { n })).toBe(101)
  })

  it('counts the operation that is asked for', () => {
    const text = 'query a { genres { name } } query b { reviews(first: 100) { nodes { id } } }'
    expect(cost(text, {}, 'b')).toBe(101)
  })

  it('of an event may be a tenth of that', () => {
    const event = (first: number) =>
      parse(
        `subscription { reviewEvents { review { movie { reviews(first: ${first}) { nodes { critic { id } } } } } } }`,
      )
    expect(() => requireAffordable({ schema, document: event(50) })).not.toThrow()
    expect(() =>
      requireAffordable({
        schema,
        document: parse(
          `subscription { reviewEvents { review { movie { reviews(first: 100) { nodes { movie { reviews(first: 5) { nodes { id } } } } } } } } }`,
        ),
      }),
    ).toThrow(/The subscription may cost at most 500 points/)
  })

  it.each([
    [
      'lists in lists',
      '{ reviews(first: 100) { nodes { movie { reviews(first: 100) { nodes { id } } } } } }',
    ],
    [
      'many searches',
      `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: search(q: "${i}") { items { review { id } } }`).join(' ')} }`,
    ],
  ])('of %s is too much', (_, text) => {
    const document = parse(text)
    expect(() => requireAffordable({ schema, document })).toThrow(/may cost at most 5000 points/)
  })
})
