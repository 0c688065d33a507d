/** The routes that publish and schedule a review: what they answer, and for which version. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, createRouter, eventHandler, toNodeListener } from 'h3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import publishDoor from '../../server/api/reviews/[id]/publish.post'
import scheduleDoor from '../../server/api/reviews/[id]/schedule.post'
import { readReview } from '../../server/desk/working-copy/open-review'
import errorHandler from '../../server/error-handler'
import { draft, INES, openDeskRoom, WRITTEN } from '../support/desk-room'

const IN_AN_HOUR = new Date(Date.now() + 3600_000).toISOString()

let server: Server
let close: () => Promise<void>
beforeAll(async () => {
  close = await openDeskRoom()
  const app = createApp({ onError: (error, event) => errorHandler(error, event, {} as never) })
  app.use(
    eventHandler(event => {
      event.context.who = Promise.resolve(INES)
    }),
  )
  app.use(
    createRouter()
      .post('/api/reviews/:id/publish', publishDoor)
      .post('/api/reviews/:id/schedule', scheduleDoor),
  )
  server = createServer(toNodeListener(app)).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
})
afterAll(async () => {
  server.close()
  await close()
})

async function send(id: string, door: string, body: object, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/api/reviews/${id}/${door}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return {
    status: answer.status,
    etag: answer.headers.get('etag'),
    body: (await answer.json()) as Record<string, unknown>,
  }
}

it('publishes with 202, and answers 200 to a second press, whatever version it names', async () => {
  const { id } = await draft()
  const first = await send(id, 'publish', {}, { 'if-match': '"1"' })
  expect(first).toMatchObject({
    status: 202,
    etag: '"2"',
    body: { id, status: 'published', version: 2, slug: 'everyone-in-vienna' },
  })
  const again = await send(id, 'publish', {}, { 'if-match': '"1"' })
  expect(again).toMatchObject({ status: 200, body: { event: first.body.event, version: 2 } })
})

it('answers a repeated key as it did the first time', async () => {
  const { id } = await draft()
  const key = { 'idempotency-key': 'once' }
  const first = await send(id, 'publish', {}, key)
  expect(await send(id, 'publish', {}, key)).toMatchObject({ status: 202, body: first.body })
  expect((await readReview(id)).events).toHaveLength(2)
})

it.each([
  ['publish', {}],
  ['schedule', { at: IN_AN_HOUR }],
])('%s refuses an old version, and shows the current one', async (door, body) => {
  const { id } = await draft()
  expect(await send(id, door, body, { 'if-match': '"7"' })).toMatchObject({
    status: 412,
    etag: '"1"',
    body: { title: 'The review has changed', current: { version: 1, title: WRITTEN.title } },
  })
})

it.each([
  ['publish', {}],
  ['schedule', { at: IN_AN_HOUR }],
])('%s refuses words that do not fit, and names their field', async (door, body) => {
  const { id } = await draft()
  const parts = { short: { text: 'x'.repeat(40) } }
  expect(await send(id, door, { ...body, parts })).toMatchObject({
    status: 422,
    body: {
      detail: 'The text for Short network is too long.',
      errors: [{ path: 'parts.short.text', message: 'is too long' }],
    },
  })
  expect((await readReview(id)).events).toHaveLength(1)
})

it('schedules for a future time within five years, with the choices', async () => {
  const { id } = await draft()
  const at = IN_AN_HOUR
  for (const wrong of ['2020-05-04T09:30:00.000Z', '2099-05-04T09:30:00.000Z'])
    expect(await send(id, 'schedule', { at: wrong })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'at' }] },
    })
  expect(await send(id, 'schedule', { at, parts: { short: false } })).toMatchObject({
    status: 202,
    body: { status: 'scheduled' },
  })
  expect((await readReview(id)).state.schedule).toMatchObject({ at, parts: { short: false } })
})
