/** Invalid input: each case names its status and the path of the field. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { createApp, createRouter, eventHandler, toNodeListener } from 'h3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import errorHandler from '../../server/error-handler'
import { problem } from '../../server/http/problem'
import { readForm, readInput, readQuery } from '../../server/http/read-input'
import { LogUnavailable, VersionConflict } from '../../server/log/event-log'

const review = z.object({
  title: z.string().min(1).max(200),
  movie: z.strictObject({ title: z.string(), year: z.number().int().min(1880) }),
  rating: z.number().min(0).max(5).multipleOf(0.5),
  tags: z.array(z.string()).max(3).optional(),
  parts: z
    .record(z.string(), z.union([z.literal(false), z.object({ text: z.string() })]))
    .optional(),
  when: z.enum(['now', 'later']).optional(),
  email: z.email('must look like name@example.org').optional(),
})
const good = {
  title: 'Everyone is selling',
  movie: { title: 'The Third Man', year: 1949 },
  rating: 4.5,
}

let server: Server
let url: string
beforeAll(async () => {
  const app = createApp({ onError: (error, event) => errorHandler(error, event, {} as never) })
  const router = createRouter()
  router.post(
    '/api/reviews',
    eventHandler(event => readInput(event, review, 1000)),
  )
  router.get(
    '/api/reviews',
    eventHandler(event =>
      readQuery(event, z.object({ limit: z.coerce.number().int().max(100).default(20) })),
    ),
  )
  router.get(
    '/api/gone',
    eventHandler(() =>
      problem(410, 'This review was withdrawn', 'The critic withdrew it.', undefined, {
        headers: { 'x-why': 'it' },
        members: { reason: 'wrong film' },
      }),
    ),
  )
  router.get(
    '/api/secret',
    eventHandler(() => {
      throw Object.assign(new Error('SELECT hunter2 FROM accounts'), { data: { token: 'hunter2' } })
    }),
  )
  router.post(
    '/form',
    eventHandler(event =>
      readForm(
        event,
        z.object({ email: z.string().min(1), genre: z.array(z.string()).optional() }),
        1000,
      ),
    ),
  )
  router.post(
    '/deep',
    eventHandler(async event => Object.keys(await readInput(event, z.object({})))),
  )
  router.get(
    '/api/log',
    eventHandler(() => {
      throw new LogUnavailable('disk full')
    }),
  )
  router.get(
    '/api/conflict',
    eventHandler(() => {
      throw new VersionConflict('r1', 3, 4)
    }),
  )
  router.get(
    '/api/schema',
    eventHandler(() => z.string().parse(1)),
  )
  router.get(
    '/api/:id',
    eventHandler(event =>
      decodeURIComponent(event.path) === '/api/nowhere' ? problem(404, 'Not found') : event.path,
    ),
  )
  router.get(
    '/api/full',
    eventHandler(() => {
      throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
    }),
  )
  app.use(router)
  server = createServer(toNodeListener(app)).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

const post = (body: BodyInit | null, type: string | null = 'application/json') =>
  fetch(`${url}/api/reviews`, {
    method: 'POST',
    body,
    headers: type === null ? {} : { 'content-type': type },
  })
const changed = (changes: object) => JSON.stringify({ ...good, ...changes })

describe('a body', () => {
  it('that is valid comes through as the schema shapes it', async () => {
    const answer = await post(changed({ unknown: 1 }), 'application/json; charset=utf-8')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual(good)
  })

  it.each<[string, BodyInit | null, string | null, number, string | undefined]>([
    ['malformed JSON', '{"title":', 'application/json', 400, undefined],
    [
      'bytes that are not UTF-8',
      new Uint8Array([0x22, 0xff, 0x22]),
      'application/json',
      400,
      undefined,
    ],
    ['a form', 'title=x', 'application/x-www-form-urlencoded', 415, undefined],
    ['no content type', new Uint8Array([123, 125]), null, 415, undefined],
    [
      'one byte too many',
      JSON.stringify({ title: 'x'.repeat(1001 - 12) }),
      'application/json',
      413,
      undefined,
    ],
    ['far too many bytes', 'x'.repeat(100_000), 'application/json', 413, undefined],
    ['nothing', null, null, 422, 'title'],
    ['a list', '[]', 'application/json', 422, ''],
    ['null', 'null', 'application/json', 422, ''],
    ['a number as text', changed({ title: 7 }), 'application/json', 422, 'title'],
    ['empty text', changed({ title: '' }), 'application/json', 422, 'title'],
    [
      'a nested wrong type',
      changed({ movie: { title: 'M', year: '1931' } }),
      'application/json',
      422,
      'movie.year',
    ],
    [
      'an unknown nested field',
      changed({ movie: { title: 'M', year: 1931, yaer: 1 } }),
      'application/json',
      422,
      'movie.yaer',
    ],
    ['a rating of 6', changed({ rating: 6 }), 'application/json', 422, 'rating'],
    ['a rating between the halves', changed({ rating: 4.3 }), 'application/json', 422, 'rating'],
    ['a wrong entry of a list', changed({ tags: ['a', 2] }), 'application/json', 422, 'tags.1'],
    ['too many entries', changed({ tags: ['a', 'b', 'c', 'd'] }), 'application/json', 422, 'tags'],
    [
      'a wrong branch of a union',
      changed({ parts: { x: { text: 7 } } }),
      'application/json',
      422,
      'parts.x.text',
    ],
    ['half a character', changed({ title: 'Vienna \uD800' }), 'application/json', 422, 'title'],
    [
      'half a character deeper',
      changed({ movie: { title: '\uDC00', year: 1931 } }),
      'application/json',
      422,
      'movie.title',
    ],
    [
      'half a character in a list',
      changed({ tags: ['a', '\uD83D'] }),
      'application/json',
      422,
      'tags.1',
    ],
    [
      'half a character in a name',
      changed({ parts: { '\uD800': false } }),
      'application/json',
      422,
      'parts',
    ],
    ['a value that is not in the list', changed({ when: 'soon' }), 'application/json', 422, 'when'],
  ])('%s is refused with the path', async (_, body, type, status, path) => {
    const answer = await post(body, type)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problemBody = await answer.json()
    expect(problemBody).toMatchObject({
      status,
      title: expect.any(String),
      type: expect.stringMatching(/^\/developers#/),
    })
    if (path === undefined) expect(problemBody.errors).toBeUndefined()
    else expect(problemBody.errors[0].path).toBe(path)
  })

  it('that is invalid is described in plain words', async () => {
    const problemBody = await (
      await post(
        changed({
          title: undefined,
          rating: 6,
          movie: { title: 1, year: 1870 },
          email: 'x',
          tags: 'a',
        }),
      )
    ).json()
    expect(problemBody.errors).toEqual([
      { path: 'title', message: 'is missing' },
      { path: 'movie.title', message: 'must be text' },
      { path: 'movie.year', message: 'must be at least 1880' },
      { path: 'rating', message: 'must be at most 5' },
      { path: 'tags', message: 'must be a list' },
      { path: 'email', message: 'must look like name@example.org' },
    ])
    expect(problemBody.detail).toBe('title is missing.')
  })

  it('of a hundred thousand nested lists is still read', async () => {
    expect(
      (
        await fetch(`${url}/deep`, {
          method: 'POST',
          body: `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBe(200)
  })

  it('that never ends is cut off and answered', async () => {
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
        socket.write(
          'POST /api/reviews HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
        ),
      )
      let heard = ''
      const feed = () => {
        while (socket.writable && socket.write(`400\r\n${'x'.repeat(1024)}\r\n`));
      }
      socket
        .on('connect', feed)
        .on('drain', feed)
        .on('error', () => resolve(heard))
        .on('close', () => resolve(heard))
      socket.on('data', bytes => {
        heard += bytes
        socket.destroy()
      })
      socket.setTimeout(5000, () => reject(new Error('nobody stopped it')))
    })
    expect(said).toContain('413')
  })
})

describe('a form', () => {
  const send = (body: string, type = 'application/x-www-form-urlencoded') =>
    fetch(`${url}/form`, { method: 'POST', body, headers: { 'content-type': type } })

  it('comes through as text, and a repeated name as a list', async () => {
    expect(await (await send('email=a%40b.co&genre=Drama&genre=Western')).json()).toEqual({
      email: 'a@b.co',
      genre: ['Drama', 'Western'],
    })
  })

  it.each([
    ['an empty field', 'email=', undefined, 422],
    ['a missing field', 'x=1', undefined, 422],
    ['JSON', '{}', 'application/json', 415],
    ['too many bytes', `email=${'x'.repeat(1000)}`, undefined, 413],
  ])('with %s is refused', async (_, body, type, status) =>
    expect((await send(body, type)).status).toBe(status),
  )
})

describe('an error', () => {
  it('in the query names the parameter', async () => {
    const answer = await fetch(`${url}/api/reviews?limit=many`)
    expect([answer.status, (await answer.json()).errors]).toEqual([
      422,
      [{ path: 'limit', message: 'must be a number' }],
    ])
  })

  it('carries headers and members of its own', async () => {
    const answer = await fetch(`${url}/api/gone`)
    expect([answer.status, answer.headers.get('x-why'), await answer.json()]).toEqual([
      410,
      'it',
      {
        type: '/developers#this-review-was-withdrawn',
        title: 'This review was withdrawn',
        status: 410,
        detail: 'The critic withdrew it.',
        reason: 'wrong film',
      },
    ])
  })

  it('that is unexpected reveals nothing about itself', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const answer = await fetch(`${url}/api/secret?token=hunter2`)
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(text).not.toMatch(/hunter2|SELECT|stack/)
    expect(JSON.stringify(log.mock.calls)).toContain(JSON.parse(text).id)
    expect(JSON.stringify(log.mock.calls)).not.toMatch(/token/)
  })

  it.each([
    ['full', 503, '5'],
    ['log', 503, '5'],
    ['conflict', 409, null],
    ['schema', 422, null],
    ['%E0%A4%A', 400, null],
    ['nowhere', 404, null],
  ])('of %s is %i', async (path, status, retryAfter) => {
    const answer = await fetch(`${url}/api/${path}`)
    expect([
      answer.status,
      answer.headers.get('retry-after'),
      (await answer.json()).status,
    ]).toEqual([status, retryAfter, status])
  })
})
