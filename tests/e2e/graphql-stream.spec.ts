/** GraphQL subscriptions on the built server, as a GraphQL over SSE client and a bare socket see them. */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { type Client, createClient, type ExecutionResult } from 'graphql-sse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOTICE_TYPE } from '../../shared/types/notice'
import { type Caller, makeOwner } from '../support/account'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let client: Client
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  client = createClient({ url: `${server.url}/graphql`, retryAttempts: 0 })
})
afterAll(async () => {
  client.dispose()
  await server.stop()
})

const film = (title: string, genre: string) => ({
  movie: { title, year: 1950, genres: [genre] },
})
type Result = ExecutionResult<Record<string, Record<string, unknown>>>

/** The first `count` results. */
async function results(query: string, count: number, variables: Record<string, unknown> = {}) {
  const found: Result[] = []
  for await (const result of client.iterate({ query, variables })) {
    found.push(result as Result)
    if (found.length === count) break
  }
  return found
}
const eventsIn = (found: Result[]) => found.map(({ data }) => data!.reviewEvents)

/** The frames of a stream that is opened like this, until there are `count`. */
async function frames(headers: Record<string, string>, args: string, count: number) {
  const stop = new AbortController()
  const query = encodeURIComponent(`subscription { reviewEvents${args} { position } }`)
  const answer = await fetch(`${server.url}/graphql?query=${query}`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: stop.signal,
  })
  let text = ''
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if ((text.match(/^event: /gm) ?? []).length >= count) break
  }
  stop.abort()
  return [...text.matchAll(/(?:id: (\d+)\n)?event: (\w+)\ndata:(.*)\n\n/g)].map(frame => ({
    id: frame[1] && Number(frame[1]),
    event: frame[2],
    data: frame[3] && JSON.parse(frame[3]),
  }))
}

describe('a subscription', () => {
  it('sends exactly the picked fields of what is published from now on', async () => {
    await publish(owner, film('Before', 'War'))
    const coming = results(
      'subscription { reviewEvents { type review { title movie { year } } } }',
      1,
    )
    // The stream begins when the server says so, which a client of this protocol is not told.
    let ended = false
    void coming.finally(() => (ended = true))
    const published: string[] = []
    while (!ended)
      published.push((await publish(owner, film(`Film ${published.length}`, 'War'))).id)
    const [event] = eventsIn(await coming)
    expect(event).toEqual({
      type: NOTICE_TYPE.ReviewPublished,
      review: { title: expect.stringMatching(/^On Film/), movie: { year: 1950 } },
    })
  })

  it('resumes after a position, and every result has its own as the id of its frame', async () => {
    const first = await publish(owner, film('First', 'Noir'))
    const second = await publish(owner, film('Second', 'Noir'))
    const { position } = first.event
    const [event] = eventsIn(
      await results(
        'subscription ($after: Int) { reviewEvents(after: $after) { position subject } }',
        1,
        {
          after: position,
        },
      ),
    )
    expect(event).toEqual({ position: second.event.position, subject: second.id })
    const next = { id: second.event.position, event: 'next' }
    for (const [headers, args] of [
      [{}, `(after: ${position})`],
      [{ 'last-event-id': String(position) }, ''],
      [{ 'last-event-id': String(position) }, '(after: 0)'],
    ] as const)
      expect(await frames(headers, args, 1)).toEqual([
        { ...next, data: { data: { reviewEvents: { position: second.event.position } } } },
      ])
  })

  it('is told of the archiving of what it was told of, without its text', async () => {
    const gone = await publish(owner, film('Gone', 'Musical'))
    await owner(`/api/reviews/${gone.id}/archive`, { body: { reason: 'The wrong cut.' } })
    const found = await results(
      'subscription { reviewEvents(after: 0, wants: { genres: ["musical"] }) { type subject url withdrawn review { title body } } }',
      2,
    )
    const event = { subject: gone.id, url: gone.url, withdrawn: true, review: null }
    expect(eventsIn(found)).toEqual([
      { ...event, type: NOTICE_TYPE.ReviewPublished },
      { ...event, type: NOTICE_TYPE.ReviewArchived },
    ])
  })

  it('sees the review and its film as they are once the event is told', async () => {
    const movie = { title: 'Twice', year: 1950, genres: ['War'] }
    const one = await publish(owner, { movie, rating: 2 })
    const two = await publish(owner, { movie, rating: 4 })
    const found = await results(
      'subscription ($s: [ID!]) { reviewEvents(after: 0, subject: $s) { review { rating movie { reviewCount rating } critic { slug reviewCount } } } }',
      2,
      { s: [one.id, two.id] },
    )
    for (const event of eventsIn(found))
      expect(event!.review).toMatchObject({
        movie: { reviewCount: 2, rating: 4 },
        critic: { slug: 'ines-okafor' },
      })
  })

  it('is only begun by HEAD', async () => {
    const query = encodeURIComponent('subscription { reviewEvents { id } }')
    const { status, headers } = await fetch(`${server.url}/graphql?query=${query}`, {
      method: 'HEAD',
    })
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  })

  it('may be asked for by anything that does not exclude a stream', async () => {
    const query = 'subscription { reviewEvents(after: 0) { id } }'
    for (const [accept, status] of [
      ['*/*', 200],
      ['application/json', 406],
    ] as const) {
      const stop = new AbortController()
      const answer = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { accept, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: stop.signal,
      })
      expect([accept, answer.status]).toEqual([accept, status])
      stop.abort()
    }
  })
})

it('a query as a stream is its result, and the end', async () => {
  const found: unknown[] = []
  for await (const result of client.iterate({ query: '{ genres { name } }' })) found.push(result)
  expect(found).toEqual([{ data: { genres: expect.arrayContaining([{ name: 'War' }]) } }])
})

describe('bad input', () => {
  it.each([
    ['(after: -1)', 'BAD_USER_INPUT', /^after must be a position/],
    ['(after: 2000000000)', 'BAD_USER_INPUT', /log ends at/],
    ['(types: ["published"])', 'BAD_USER_INPUT', /^types.0 is not a notice type/],
    ['(types: [])', 'BAD_USER_INPUT', /^types must name at least one/],
    ['(subject: ["../etc"])', 'BAD_USER_INPUT', /^subject.0 must be the id of a review/],
    [`(subject: [${'"x",'.repeat(101)}])`, 'BAD_USER_INPUT', /^subject must have at most 100/],
    ['(wants: { genres: ["Giallo"] })', 'BAD_USER_INPUT', /^wants.genres.0 is a genre that no/],
    ['(wants: { critics: ["nobody"] })', 'BAD_USER_INPUT', /^wants.critics.0 is not the id/],
    ['(wants: { minRating: 3.3 })', 'BAD_USER_INPUT', /^wants.minRating/],
    ['(wants: { minRating: 60 })', 'BAD_USER_INPUT', /^wants.minRating/],
    ['(after: 1e3)', 'GRAPHQL_VALIDATION_FAILED', /Int cannot represent/],
    ['(after: 99999999999)', 'GRAPHQL_VALIDATION_FAILED', /32-bit/],
    ['(shape: "fat")', 'GRAPHQL_VALIDATION_FAILED', /Unknown argument "shape"/],
  ])('%s', async (args, code, message) => {
    const query = `subscription { reviewEvents${args} { id } }`
    const [result] = await results(query, 1)
    expect(result!.errors).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(message),
        extensions: expect.objectContaining({ code }),
      }),
    ])
    const plain = await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`)
    expect(plain.status).toBeGreaterThanOrEqual(400)
    expect(plain.status).toBeLessThan(500)
  })

  it.each(['-1', 'x', '1.5', '99999999999999999', '999999999'])('Last-Event-ID: %s', async id => {
    const [frame, end] = await frames({ 'last-event-id': id }, '', 2)
    expect(frame!.data.errors[0].message).toMatch(/Last-Event-ID|log ends at/)
    expect(end!.event).toBe('complete')
  })
})

describe('many', () => {
  it('from one address: the hundred and first is refused, until another has left', async () => {
    const query = encodeURIComponent('subscription { reviewEvents { id } }')
    const open = () => {
      const stop = new AbortController()
      return fetch(`${server.url}/graphql?query=${query}`, {
        headers: { accept: 'text/event-stream' },
        signal: stop.signal,
      }).then(({ status, headers }) => ({ status, headers, stop }))
    }
    const streams = await Promise.all(Array.from({ length: 100 }, open))
    expect(streams.every(({ status }) => status === 200)).toBe(true)
    const refused = await open()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
    for (const { stop } of streams) stop.abort()
    await expect.poll(async () => (await open()).status).toBe(200)
  })

  it('that do not read are waited for, and hold up nobody', async () => {
    const body = 'word '.repeat(15_000)
    const draft = await owner('/api/reviews', {
      body: { title: 'Long', movie: { title: 'Long' }, rating: 3, summary: 's', body },
    })
    await owner(`/api/reviews/${draft.body.id}/publish`, { body: {} })
    for (let i = 0; i < 40; i++)
      await owner(`/api/reviews/${draft.body.id}/fix`, { body: { title: `Long ${i}` } })
    const query = encodeURIComponent(
      `subscription { reviewEvents(after: 0, subject: ["${draft.body.id}"]) { review { body html tree } } }`,
    )
    const before = memoryOf(server)
    const deaf = Array.from({ length: 60 }, () => {
      const socket = connect(server.port, 'localhost').on('error', () => {})
      socket.pause()
      socket.write(
        `GET /graphql?query=${query} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n`,
      )
      return socket
    })
    await expect
      .poll(() => Promise.all([answered(), answered(), answered()]), { timeout: 15_000 })
      .toEqual([200, 200, 200])
    const next = await publish(owner, film('Quick', 'War'))
    const [event] = eventsIn(
      await results('subscription ($a: Int) { reviewEvents(after: $a) { subject } }', 1, {
        a: next.event.position - 1,
      }),
    )
    expect(event).toEqual({ subject: next.id })
    expect(memoryOf(server) - before).toBeLessThan(150)
    for (const socket of deaf) socket.destroy()
  })
})

it('a server that stops ends subscriptions, and does not say that they are complete', async () => {
  const stopping = await startServer()
  const query = encodeURIComponent('subscription { reviewEvents { id } }')
  const { body } = await fetch(`${stopping.url}/graphql?query=${query}`)
  const rest = new Response(body).text()
  const { code, ms } = await stopping.stop()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(3000)
  expect(await rest).toMatch(/^retry: \d+\n\n$/)
  expect(stopping.output()).not.toContain('/graphql')
})

const answered = () => fetch(`${server.url}/api/reviews?limit=1`).then(({ status }) => status)

/** Resident, in MB. */
const memoryOf = ({ pid }: TestServer) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
