/** What a network's answer means for a delivery, and the words that explain it. */
import { expect, it } from 'vitest'
import { Dead, Retry, Stopped } from '../../server/delivery/contract/define-reactor'
import { failureOf, readAnswer } from '../../server/reactor-kit/http-answer'

const failure = async (status: number, body: string, headers = {}, secrets: string[] = []) =>
  failureOf(await readAnswer(new Response(body, { status, headers }), 'Room', secrets))

it.each([
  [400, Dead],
  [401, Stopped],
  [403, Stopped],
  [404, Dead],
  [408, Retry],
  [422, Dead],
  [425, Retry],
  [429, Retry],
  [500, Retry],
  [503, Retry],
  [302, Retry],
  [200, Retry],
])('%i', async (status, kind) => {
  expect(await failure(status, '{}')).toBeInstanceOf(kind)
})

it.each([
  ['{"error":{"error_user_msg":"too wide","message":"(#100)"}}', 'too wide'],
  ['{"error":{"message":"bad\\n token"}}', 'bad token'],
  ['{"error":"invalid_grant","error_description":"expired"}', 'expired'],
  ['{"title":"Invalid","detail":"One or more","errors":[{"message":"too long"}]}', 'too long'],
  ['{"message":{"not":"a text"},"title":"Bad"}', 'Bad'],
  ['<h1>Hello</h1>', 'a page instead of an answer'],
])('%s says %s', async (body, said) => {
  expect((await failure(400, body)).message).toBe(`Room answered 400: ${said}`)
})

it.each(['{}', '7', 'null', '[]', '{"error":{"a":1}}'])('%s says nothing', async body => {
  expect((await failure(400, body)).message).toBe('Room answered 400')
})

it('is bounded, and our secrets are crossed out however JSON encodes them', async () => {
  const secret = 'a "quoted"/secret'
  const body = JSON.stringify({ message: `${secret} ${encodeURIComponent(secret)}` })
  expect((await failure(400, body, {}, [secret])).message).toBe('Room answered 400: … …')
  expect((await failure(400, `{"message":"${'x'.repeat(9000)}"}`)).message.length).toBeLessThan(300)
})
