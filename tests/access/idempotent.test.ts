/** One key means one command: repeated later, at the same time, or with another body. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createApp,
  createRouter,
  eventHandler,
  readBody,
  setResponseHeader,
  setResponseStatus,
  toNodeListener,
} from 'h3'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { idempotent } from '../../server/access'
import { closeDatabases, useApp } from '../../server/db/open'
import errorHandler from '../../server/error-handler'
import { Problem } from '../../server/http/problem'

const folder = mkdtempSync(join(tmpdir(), 'mymovies-idempotent-'))
let server: Server
let url: string
let runs: { commandId: string | undefined }[] = []
let hold: Promise<void> | undefined

beforeAll(async () => {
  process.env.NUXT_DATA_DIR = folder
  const app = createApp({ onError: (error, event) => errorHandler(error, event, {} as never) })
  const router = createRouter()
  for (const path of ['/api/a', '/api/b']) {
    router.post(
      path,
      eventHandler(async event => {
        const input = await readBody(event)
        return idempotent(
          event,
          input,
          async commandId => {
            runs.push({ commandId })
            await hold
            if (input.fail) throw new Problem(409, 'The review is in the wrong state')
            setResponseStatus(event, 201)
            setResponseHeader(event, 'location', `/made/${runs.length}`)
            return { run: runs.length, secret: 'hush' }
          },
          { secretless: ({ run }) => ({ run }) },
        )
      }),
    )
  }
  app.use(router)
  server = createServer(toNodeListener(app)).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await closeDatabases()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  runs = []
  hold = undefined
})

const post = async (key: string | undefined, body: object = {}, path = '/api/a') => {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  })
  return {
    status: answer.status,
    location: answer.headers.get('location'),
    body: await answer.json(),
  }
}

it('runs every time without a key, and passes no command id', async () => {
  await post(undefined)
  await post(undefined)
  expect(runs).toEqual([{ commandId: undefined }, { commandId: undefined }])
})

it('answers a repeat like the first time, without the secret', async () => {
  expect(await post('one', { x: 1 })).toEqual({
    status: 201,
    location: '/made/1',
    body: { run: 1, secret: 'hush' },
  })
  expect(await post('one', { x: 1 })).toEqual({
    status: 201,
    location: '/made/1',
    body: { run: 1 },
  })
  expect(runs).toHaveLength(1)
})

it('runs once for ten requests at the same moment', async () => {
  const gate = Promise.withResolvers<undefined>()
  hold = gate.promise
  const answers = Promise.all(Array.from({ length: 10 }, () => post('many')))
  await expect.poll(() => runs.length).toBe(1)
  gate.resolve(undefined)
  expect((await answers).map(answer => [answer.status, answer.body.run])).toEqual(
    Array.from({ length: 10 }, () => [201, 1]),
  )
  expect(runs).toHaveLength(1)
})

it('refuses the key for another body', async () => {
  await post('two', { x: 1 })
  expect(await post('two', { x: 2 })).toMatchObject({
    status: 422,
    body: { title: 'The Idempotency-Key was used before' },
  })
})

it('always gives a key the same command id on one route, and every other key or route another', async () => {
  await post('three', { fail: true })
  await post('three', { fail: true })
  await post('three', {}, '/api/b')
  await post('four')
  const [first, again, elsewhere, other] = runs.map(run => run.commandId)
  expect(first).toBe(again)
  expect(new Set([first, elsewhere, other]).size).toBe(3)
})

it('lets a refused command be sent again', async () => {
  expect((await post('five', { fail: true })).status).toBe(409)
  expect((await post('five', { fail: false })).status).toBe(201)
})

it('forgets after 48 hours', async () => {
  await post('six')
  await (
    await useApp()
  )
    .updateTable('idempotency')
    .set({ at: Date.now() - 49 * 3600_000 })
    .execute()
  expect((await post('six')).body).toMatchObject({ run: 2 })
})

it.each(['', ' ', 'x'.repeat(256), 'ключ'])('refuses %j as a key', async key => {
  const answer = await fetch(`${url}/api/a`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': encodeURI(key) === key ? key : Buffer.from(key).toString('latin1'),
    },
    body: '{}',
  })
  expect(answer.status).toBe(400)
  expect(runs).toEqual([])
})
