/** Live updates: /live for pages, /api/events for systems, and pages that are never stale. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { EventSource } from 'eventsource'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { cuttableLink } from '../support/cuttable-link'
import type { Json } from '../support/json'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let ask: Caller
beforeAll(async () => {
  server = await startServer({ env: { NUXT_LIVE_PER_ADDRESS: '20' } })
  ask = await makeOwner(server.url)
})
afterAll(() => server.stop())

interface Told {
  id: string
  event: string
  data: Json
}

/** A reader of server-sent events; `until` waits for a number of them. */
async function listen(path: string, headers: Record<string, string> = {}) {
  const stop = new AbortController()
  const answer = await fetch(server.url + path, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: stop.signal,
  })
  const told: Told[] = []
  const beats: string[] = []
  let text = ''
  const reading = (async () => {
    for await (const bytes of answer.body!) {
      text += Buffer.from(bytes).toString()
      for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
        const fields = Object.fromEntries(
          text
            .slice(0, end)
            .split('\n')
            .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        if (fields.event === 'beat') beats.push(fields.id!)
        else if (fields.data)
          told.push({ id: fields.id!, event: fields.event!, data: JSON.parse(fields.data) })
      }
    }
  })().catch(() => {})
  return {
    status: answer.status,
    told,
    beats,
    until: (n: number) =>
      expect.poll(() => told.length, { timeout: 8000, interval: 10 }).toBeGreaterThanOrEqual(n),
    close: async () => {
      stop.abort()
      await reading
    },
  }
}

describe('/live', () => {
  it('sends each event to every open page, once and in order', async () => {
    const pages = await Promise.all([listen('/live'), listen('/live')])
    const { id } = await publish(ask)
    await ask(`/api/reviews/${id}/fix`, { body: { title: 'Fixed' } })
    await ask(`/api/reviews/${id}/archive`, { body: { reason: 'r' } })
    await ask(`/api/reviews/${id}/restore`, { body: {} })
    for (const page of pages) {
      await page.until(4)
      expect(page.told.map(t => t.event)).toEqual([
        'review.published',
        'review.fixed',
        'review.archived',
        'review.restored',
      ])
      expect(page.told[1]!.data).toMatchObject({
        id,
        title: 'Fixed',
        movie: { title: 'The Third Man' },
      })
      await page.close()
    }
  })

  it('continues from the position of a page, from the ring buffer or the log', async () => {
    const first = await publish(ask)
    const second = await publish(ask)
    const page = await listen('/live', { 'last-event-id': String(first.event.position) })
    await page.until(1)
    expect(page.told.map(t => t.data.id)).toEqual([second.id])
    await page.close()
    const byQuery = await listen(`/live?lastEventId=${first.event.position}`)
    await byQuery.until(1)
    await byQuery.close()
    const early = await listen('/live?lastEventId=0')
    await early.until(3)
    await early.close()
  })

  it('begins with a beat at the position of the page', async () => {
    const { event } = await publish(ask)
    const position = String(event.position)
    for (const [path, headers, place] of [
      ['/live', {}, position],
      [`/live?lastEventId=${event.position - 1}`, {}, String(event.position - 1)],
      ['/live?lastEventId=abc', {}, '0'],
    ] as const) {
      const page = await listen(path, headers)
      await expect.poll(() => page.beats, { timeout: 5000 }).toEqual([place])
      await page.close()
    }
  })

  it.each([
    ['an empty header, and the query', '?lastEventId=BEFORE', { 'last-event-id': '' }, 1],
    ['an empty query', '?lastEventId=', {}, 0],
    ['both empty', '?lastEventId=', { 'last-event-id': ' ' }, 0],
    ['two values of the query', '?lastEventId=NEWEST&lastEventId=BEFORE', {}, 1],
    ['two values of the header', '', { 'last-event-id': 'NEWEST, BEFORE' }, 1],
    [
      'a header that is ahead of the query',
      '?lastEventId=BEFORE',
      { 'last-event-id': 'NEWEST' },
      0,
    ],
    ['a value and an empty one', '?lastEventId=BEFORE&lastEventId=', {}, 1],
  ])('resumes after %s', async (_, query, headers, missed) => {
    const { event } = await publish(ask)
    const fill = (text: string) =>
      text.replace('NEWEST', String(event.position)).replace('BEFORE', String(event.position - 1))
    const page = await listen(
      `/live${fill(query)}`,
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)])),
    )
    await expect
      .poll(() => page.beats, { timeout: 5000 })
      .toEqual([String(event.position - missed)])
    await page.until(missed)
    expect(page.told.map(({ id }) => Number(id))).toEqual(missed ? [event.position] : [])
    await page.close()
  })

  it('loses nothing for the eventsource package when it is cut before the first event', async () => {
    const link = await cuttableLink(server.port)
    const client = new EventSource(`${link.url}/live`)
    const heard: string[] = []
    client.addEventListener('review.published', ({ data }) => heard.push(JSON.parse(data).id))
    await new Promise(resolve => client.addEventListener('beat', resolve, { once: true }))
    link.cut()
    const { id } = await publish(ask)
    link.mend()
    await expect.poll(() => heard, { timeout: 15_000 }).toEqual([id])
    client.close()
    link.close()
  })

  it('answers HEAD with the headers of the stream, and ends', async () => {
    const head = await fetch(`${server.url}/live`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(5000),
    })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      '',
    ])
  })

  it.each(['/live', '/api/events'])(
    '%s waits for its turn on a connection with an answer under way',
    async path => {
      const socket = connect(server.port, 'localhost')
      const get = (target: string) =>
        `GET ${target} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream, text/html;q=0.9\r\n\r\n`
      let text = ''
      socket.on('data', bytes => {
        text += bytes
      })
      socket.write(get(`/reviews?turn=${path}`) + get('/api/movies') + get(path))
      await expect
        .poll(() => text.match(/^content-type: .*$/gim), { timeout: 10_000 })
        .toHaveLength(3)
      expect(text.match(/^content-type: [\w/-]+/gim)!.map(line => line.toLowerCase())).toEqual([
        'content-type: text/html',
        'content-type: application/json',
        'content-type: text/event-stream',
      ])
      socket.destroy()
    },
  )

  it('forgets who waits for a turn that never comes', async () => {
    const sockets = Array.from({ length: 3 }, () => {
      const socket = connect(server.port, 'localhost')
      socket.write('GET /live HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(15))
      return socket
    })
    await Promise.all(sockets.map(socket => once(socket, 'data')))
    for (const socket of sockets) socket.destroy()
    await expect
      .poll(async () => {
        const pages = await Promise.all(Array.from({ length: 20 }, () => listen('/live')))
        await Promise.all(pages.map(page => page.close()))
        return new Set(pages.map(page => page.status))
      })
      .toEqual(new Set([200]))
  })

  it.each(['999999999', 'abc', '-1'])(
    'tells a page that stands at %s to load anew',
    async place => {
      const page = await listen(`/live?lastEventId=${place}`)
      await page.until(1)
      expect(page.told[0]!.event).toBe('reset')
      await page.close()
    },
  )

  it('limits the open pages of one address', async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, () => listen('/live')))
    const over = await fetch(`${server.url}/live`)
    expect([over.status, over.headers.get('retry-after')]).toEqual([503, '30'])
    await Promise.all(pages.map(p => p.close()))
    await expect
      .poll(
        async () => {
          const page = await listen('/live')
          await page.close()
          return page.status
        },
        { timeout: 5000 },
      )
      .toBe(200)
  })

  it('is not held up by a page that reads nothing', async () => {
    const deaf = connect(server.port, 'localhost')
    await once(deaf, 'connect')
    deaf.write('GET /live HTTP/1.1\r\nhost: localhost\r\n\r\n')
    deaf.pause()
    const page = await listen('/live')
    await publish(ask)
    await page.until(1)
    await page.close()
    deaf.destroy()
  })
})

describe('/api/events', () => {
  it('is the public events as CloudEvents, page by page', async () => {
    const published = await publish(ask)
    const one = await fetch(
      `${server.url}/api/events?limit=1&after=${published.event.position - 1}&shape=fat`,
    )
    expect(one.headers.get('content-type')).toContain('application/cloudevents-batch+json')
    expect(one.headers.get('link')).toContain(`after=${published.event.position}`)
    expect(await one.json()).toMatchObject([
      {
        specversion: '1.0',
        type: 'com.mymovies.review.published.v1',
        subject: published.id,
        sequence: String(published.event.position).padStart(8, '0'),
        data: { id: published.id, body: 'Vienna.' },
      },
    ])
    const etag = one.headers.get('etag')!
    expect((await fetch(one.url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('removes an archived text from every answer', async () => {
    const { id, event } = await publish(ask)
    await ask(`/api/reviews/${id}/archive`, { body: { reason: 'r' } })
    const [notice] = await (
      await fetch(`${server.url}/api/events?after=${event.position - 1}&limit=1&shape=fat`)
    ).json()
    expect(notice.data).toEqual({ id, url: expect.any(String), withdrawn: true })
  })

  it('streams with a cursor', async () => {
    const { event } = await publish(ask)
    const stream = await listen(
      `/api/events?after=${event.position - 1}&types=com.mymovies.review.published.v1`,
    )
    await stream.until(1)
    const next = await publish(ask)
    await stream.until(2)
    expect(stream.told[1]).toMatchObject({
      id: String(next.event.position),
      data: { subject: next.id },
    })
    await stream.close()
    const resumed = await listen('/api/events', { 'last-event-id': String(next.event.position) })
    const third = await publish(ask)
    await resumed.until(1)
    expect(resumed.told[0]!.data.subject).toBe(third.id)
    await resumed.close()
  })

  it.each([
    ['a page', 'application/json', {}, '?after=999999999', 'after'],
    ['a stream', 'text/event-stream', {}, '?after=999999999', 'after'],
    [
      'a stream that resumes',
      'text/event-stream',
      { 'last-event-id': '999999999' },
      '',
      'last-event-id',
    ],
  ])(
    'says to who asks for %s beyond the log where it ends',
    async (_, accept, headers, query, path) => {
      const answer = await fetch(`${server.url}/api/events${query}`, {
        headers: { accept, ...headers },
      })
      const told = await answer.json()
      const next = (await publish(ask)).event.position
      expect(answer.status).toBe(422)
      expect(told).toMatchObject({
        title: 'The position is beyond the log',
        head: next - 2,
        errors: [{ path, message: `must be at most ${next - 2}, where the log ends` }],
      })
      expect(told.detail).toContain(`the log ends at ${next - 2}`)
    },
  )

  it('answers a consumer at the head with nothing, and one beyond it with a refusal', async () => {
    const { event } = await publish(ask)
    const at = (position: number) => fetch(`${server.url}/api/events?after=${position}`)
    expect([
      await (await at(event.position)).json(),
      (await at(event.position + 1)).status,
    ]).toEqual([[], 422])
  })

  it.each([
    ['text/event-stream;q=0', false],
    ['application/json, text/event-stream; q=0.000', false],
    ['text/event-streams', false],
    ['text/event-stream;q=0.1', true],
    ['text/event-stream;q=0.1, application/json', false],
    ['application/json, text/event-stream', false],
    ['text/event-stream, application/cloudevents-batch+json;q=0.9', true],
    ['text/event-stream;q=0.5, */*;q=0.5', false],
    ['text/*;q=0.8, application/*;q=0.3', true],
    ['*/*', false],
    ['text/event-stream, application/json;q=0', true],
    ['*/*;q=0, Text/Event-Stream', true],
  ])('asked with Accept: %s', async (accept, streams) => {
    const stop = new AbortController()
    const answer = await fetch(`${server.url}/api/events?limit=1`, {
      headers: { accept },
      signal: stop.signal,
    })
    expect(answer.headers.get('content-type')?.startsWith('text/event-stream')).toBe(streams)
    stop.abort()
  })

  it.each([
    ['after=-1', 'after'],
    ['limit=501', 'limit'],
    ['limit=0', 'limit'],
    ['types=x', 'types'],
    ['types=', 'types'],
    ['types=,', 'types'],
    ['shape=round', 'shape'],
  ])('refuses %s', async (query, path) => {
    const answer = await fetch(`${server.url}/api/events?${query}`)
    expect([answer.status, (await answer.json()).errors[0].path]).toEqual([422, path])
  })
})

it('never returns a page older than an acknowledged event, with many readers at once', async () => {
  let asking = true
  let stale = 0
  let asked = 0
  const titles: string[] = []
  const readers = Array.from({ length: 8 }, async () => {
    while (asking) {
      const newest = titles.at(-1)
      const page = await (await fetch(server.url)).text()
      asked++
      if (newest && !page.includes(newest)) stale++
    }
  })
  for (let i = 0; i < 12; i++) {
    const title = `Fresh ${i}-${Math.random()}`
    const { body } = await ask('/api/reviews', {
      body: { title, movie: { title: 'M', year: 1931 }, rating: 5 },
    })
    await ask(`/api/reviews/${body.id}/publish`, { body: {} })
    titles.push(title)
  }
  asking = false
  await Promise.all(readers)
  expect({ stale, many: asked > 20 }).toEqual({ stale: 0, many: true })
})

it('a HEAD of the endless stream of events ends', async () => {
  const head = await fetch(`${server.url}/api/events`, {
    method: 'HEAD',
    headers: { accept: 'text/event-stream' },
    signal: AbortSignal.timeout(5000),
  })
  expect([head.status, await head.text()]).toEqual([200, ''])
})
