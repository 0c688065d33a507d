/** A request that comes again is answered like the first time, without the framework, until what it was answered with is kept no more. */
import { createServer, get, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, eventHandler, setResponseHeader, toNodeListener } from 'h3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { answer } from '../../../server/http/answer/answer'
import { AnswerCache } from '../../../server/http/answer/cache'
import { answerRepeated } from '../../../server/http/answer/repeated-requests'
import type { Content } from '../../../server/http/answer/representation'

const LONG = 'word '.repeat(2000)
let answers: AnswerCache
let server: Server
let runs: number
let content: Content

beforeEach(async () => {
  answers = new AnswerCache()
  runs = 0
  content = { type: 'text/plain', body: LONG, headers: { link: '<x>', vary: 'accept' } }
  const app = createApp()
  app.use(
    eventHandler(event => {
      runs++
      setResponseHeader(event, 'x-content-type-options', 'nosniff')
      const known = answers.get(event.path)
      return answer(event, known ?? answers.begin(event.path)(content))
    }),
  )
  server = createServer(answerRepeated(toNodeListener(app), answers)).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
})
afterEach(() => server.close())

const ask = (headers: Record<string, string> = {}, path = '/a', method = 'GET') =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>(resolve => {
    const { port } = server.address() as AddressInfo
    get({ port, host: '127.0.0.1', path, headers, method }, found => {
      const chunks: Buffer[] = []
      found
        .on('data', chunk => chunks.push(chunk as Buffer))
        .on('end', () => {
          const { date: _, ...others } = found.headers
          const body = Buffer.concat(chunks).toString('latin1')
          resolve({ status: found.statusCode!, headers: others, body })
        })
    })
  })
/** Asks until the answer is ready to be given again. */
async function twice(headers: Record<string, string> = {}) {
  const first = await ask(headers)
  await new Promise(resolve => setImmediate(resolve))
  return [first, await ask(headers)] as const
}

it.each<Record<string, string>>([
  {},
  { 'accept-encoding': 'br' },
  { 'accept-encoding': 'gzip', accept: 'text/plain' },
])('gives the same answer to %j', async headers => {
  const [first, second] = await twice(headers)
  expect(second).toEqual(first)
  expect([first.status, runs]).toEqual([200, 1])
})

it.each<[string, (tag: string) => string]>([
  ['the tag', tag => tag],
  ['the weak tag', tag => `W/${tag}`],
  ['the tag of another coding', tag => tag.replace(/"$/, '.gzip"')],
  ['the tag as a proxy wrote it', tag => tag.replace(/"$/, '-gzip"')],
  ['several tags, this one among them', tag => `"old", ${tag}`],
])('says 304 to %s of that answer, like the framework does', async (_, written) => {
  const [{ headers }] = await twice()
  const again = { 'if-none-match': written(headers.etag!) }
  const quick = await ask(again)
  expect([quick.status, quick.body, runs]).toEqual([304, '', 1])
  const whole = await ask({ ...again, 'x-other': '1' })
  expect(whole).toEqual(quick)
  expect(runs).toBe(2)
})

it.each<[string, Record<string, string>, string?, string?]>([
  ['another coding', { 'accept-encoding': 'br' }],
  ['another Accept', { accept: 'application/activity+json' }],
  ['another address', {}, '/a?b'],
  ['another version', { 'if-none-match': '"old"' }],
  ['several versions', { 'if-none-match': '"old", "older"' }],
  ['a date', { 'if-modified-since': 'Mon, 23 Nov 2026 20:00:00 GMT' }],
  ['a range', { range: 'bytes=0-1' }],
  ['a session', { cookie: 'mm.session=x' }],
  ['a token', { authorization: 'Bearer mm_x' }],
  ['another method', {}, '/a', 'HEAD'],
  ['a header that nobody knows', { 'x-http-method-override': 'DELETE' }],
])('%s goes the whole way', async (_, headers, path, method) => {
  await twice()
  await ask(headers, path, method)
  expect(runs).toBe(2)
})

it('a purge ends it', async () => {
  await twice()
  content = { ...content, body: 'News.' }
  answers.purge()
  expect([(await ask()).body, runs]).toEqual(['News.', 2])
})

it.each<[string, Partial<Content>]>([
  ['what must be looked up each time', { onlyByKey: true }],
  ['a refusal', { status: 404 }],
])('does not repeat %s', async (_, more) => {
  content = { ...content, ...more }
  await twice()
  expect(runs).toBe(2)
})
