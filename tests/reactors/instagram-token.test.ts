/** Instagram's long-lived token, renewed against a stand-in that answers as documented. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Retry } from '../../server/delivery/contract/define-reactor'
import { Stopped } from '../../server/delivery/contract/define-reactor'
import instagram from '../../server/reactors/instagram'
import { type Behaviour, Instagram, TOKEN, USER } from '../support/instagram'

let far: Instagram
beforeEach(async () => {
  far = await Instagram.start()
  return () => far.close()
})

const renew = (token = TOKEN) =>
  instagram
    .renewal!.renew({ url: far.url, userId: USER, token }, AbortSignal.timeout(5000))
    .catch((error: Error) => error)
const DAY = 86_400_000

it('is renewed by the call that has no version, and lives as long as the answer says', async () => {
  expect(await renew()).toEqual({ value: `${TOKEN}-1`, endsAt: expect.any(Number) })
  expect(far.requests).toEqual(['GET /refresh_access_token'])
  expect(far.violations).toEqual([])
  far.expiresIn = 3 * 86_400
  const { endsAt } = (await renew(`${TOKEN}-1`)) as { endsAt: number }
  expect(Math.round((endsAt - Date.now()) / DAY)).toBe(3)
})

it('may come back as the same one, whole', async () => {
  far.behave('GET /refresh_access_token', {
    body: JSON.stringify({ access_token: TOKEN, token_type: 'bearer', expires_in: 60 }),
  })
  expect(await renew()).toMatchObject({ value: TOKEN })
})

it.each([
  ['that has expired', { status: 400, body: refusal(190, 'Session has expired') }],
  ['that was revoked', { status: 401, body: refusal(190, 'The user changed the password') }],
])('%s needs a person', async (_, behaviour) => {
  far.behave('GET /refresh_access_token', behaviour)
  expect(await renew()).toBeInstanceOf(Stopped)
})

describe('is tried again after', () => {
  it.each<[string, Behaviour]>([
    ['a server in trouble', { status: 500 }],
    ['a limit', { status: 400, body: refusal(4, 'Application request limit reached') }],
    ['a token that is too young', { status: 400, body: refusal(100, `${TOKEN} is too young`) }],
    ['a server that has no such call', { status: 404, body: '<html>' }],
    ['a page', { body: '<html>' }],
    ['no token', { body: '{"expires_in":5183944}' }],
    ['a token with a line break', { body: '{"access_token":"a\\nb","expires_in":5183944}' }],
    ['a life that has no end', { body: '{"access_token":"abc","expires_in":1e300}' }],
    ['a life that is over', { body: '{"access_token":"abc","expires_in":0}' }],
    ['a cut', { act: 'cut' }],
    ['a redirect', { status: 302, headers: { location: 'http://169.254.169.254/' } }],
  ])('%s', async (_, behaviour) => {
    far.behave('GET /refresh_access_token', behaviour)
    const error = (await renew()) as Error
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(Stopped)
    expect(error.message).not.toContain(TOKEN)
  })
})

it('a limit says when', async () => {
  far.behave('GET /refresh_access_token', { status: 400, body: refusal(4, 'limit') })
  expect(((await renew()) as Retry).options.at).toBeGreaterThan(Date.now())
})

function refusal(code: number, message: string) {
  return JSON.stringify({ error: { message, type: 'OAuthException', code, fbtrace_id: 'A' } })
}
