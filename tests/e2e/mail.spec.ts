/** Email on the built server: kept in the outbox and read at the desk; bounces are accepted over HTTP. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { digestLetter } from '../../server/channels/mail/digest-letter'
import { reviewLetter } from '../../server/channels/mail/letter'
import { type Caller, caller, makeOwner, withToken } from '../support/account'
import { browser } from '../support/browser'
import { publish } from '../support/publish'
import { sampleReview } from '../support/sample-review'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let script: Caller
let writer: Caller
let cookie: string
beforeAll(async () => {
  server = await startServer()
  owner = async (...call) => (await signedIn)(...call)
  const signedIn = makeOwner(server.url)
  script = await withToken(server.url, owner, ['readers'])
  writer = await withToken(server.url, owner, ['reviews'])
  const answer = await caller(server.url)('/api/auth/sign-in/email', {
    body: { email: 'ines@example.org', password: 'a wheel above Vienna' },
  })
  cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!
})
afterAll(() => server.kill())

const subscribe = (email: string) =>
  caller(server.url)('/api/subscriptions/email', {
    body: { email, wants: { genres: ['Thriller'], minRating: 3 } },
  })
const letters = async () => (await owner('/api/outbox')).body.items as { id: number; to: string }[]

async function desk(path: string, colorScheme: 'light' | 'dark' = 'light') {
  const context = await (await browser()).newContext({ colorScheme })
  const page = await context.newPage()
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.url }])
  onTestFinished(() => context.close())
  await page.goto(server.url + path)
  return page
}

/** What axe finds, except in frames that run no scripts. */
async function objections(
  page: Page,
  { except = [], rules = [] }: { except?: string[]; rules?: string[] } = {},
) {
  const { violations } = await except
    .reduce((axe, part) => axe.exclude(part), new AxeBuilder({ page }).setLegacyMode())
    .disableRules(rules)
    .analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])
}

describe('the outbox', () => {
  it('says that it is empty', async () => {
    const page = await desk('/editor/outbox')
    expect(await page.locator('main').textContent()).toContain('No emails yet.')
  })

  it.each(['light', 'dark'] as const)(
    'shows a letter as a mail client would, with nothing that axe objects to (%s)',
    async scheme => {
      await subscribe(`reader-${scheme}@example.com`)
      const { id } = await vi.waitUntil(
        async () => (await letters()).find(({ to }) => to === `reader-${scheme}@example.com`),
        { timeout: 5000 },
      )
      const page = await desk('/editor/outbox', scheme)
      expect(await objections(page)).toEqual([])
      const first = page
        .getByRole('list', { name: 'Outbox' })
        .getByRole('listitem')
        .filter({ hasText: `reader-${scheme}` })
      await first.getByRole('link', { name: 'Confirm your subscription' }).click()
      await page.waitForURL(`**/editor/outbox/${id}`)
      const letter = page.frameLocator('iframe')
      expect(await letter.getByRole('article').textContent()).toContain(
        'each thriller that we rate 3 or more',
      )
      expect(await page.locator('iframe').getAttribute('sandbox')).not.toMatch(
        /scripts|same-origin/,
      )
      // axe is a script, and the frame runs none, so the email is checked by itself.
      expect(await objections(page, { except: ['iframe'] })).toEqual([])
      await page.getByRole('link', { name: 'Source' }).click()
      expect(await page.locator('pre').textContent()).toMatch(/^To: reader-.*\r?\nDate: /)
    },
  )

  it('shows emails in which axe finds no problem', async () => {
    const page = await desk('/editor/outbox')
    const review = sampleReview({
      spoiler: true,
      corrections: [{ at: '2026-11-16T08:00:00.000Z', note: 'It was 1949.' }],
    })
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      for (const { html } of [
        reviewLetter(review),
        digestLetter({
          reviews: [review, { ...review, id: 'r2', title: 'Another' }],
          corrected: [{ review, correction: review.corrections[0]! }],
        }),
      ]) {
        await page.setContent(html)
        // In a mail client, the surrounding page has the landmarks.
        expect(await objections(page, { rules: ['landmark-one-main', 'region'] })).toEqual([])
      }
    }
  })

  it.each([
    ['/api/outbox', 'nobody', 401],
    ['/api/outbox/1', 'nobody', 401],
    ['/api/outbox', 'writer', 403],
    ['/api/outbox/999999', 'owner', 404],
    ['/api/outbox/x', 'owner', 404],
    ['/api/outbox/1%20OR%201', 'owner', 404],
  ] as const)('%s for %s is refused', async (path, who, status) => {
    const asking = { owner, writer, nobody: caller(server.url) }
    const answer = await asking[who](path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json',
    ])
  })
})

describe('a bounce', () => {
  const dsn = (to: string, status: string, action = 'failed') =>
    `To: ${to}\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; x@example.com\r\nAction: ${action}\r\nStatus: ${status}\r\n\r\n--b--\r\n`
  const report = (source: string, headers = {}) =>
    script('/api/mail/bounces', {
      body: source,
      headers: { 'content-type': 'message/rfc822', ...headers },
    })

  it('is recorded: temporary ones are counted, permanent ones suppress the address, repeats are harmless', async () => {
    await subscribe('bounces@example.com')
    const noted = async (status: string) =>
      await script('/api/mail/bounces', { body: { recipient: 'bounces@example.com', status } })
    expect(await noted('4.2.2')).toMatchObject({ status: 202, body: { noted: 'counted' } })
    expect(await noted('5.1.1')).toMatchObject({ status: 202, body: { noted: 'suppressed' } })
    expect(await noted('5.1.1')).toMatchObject({ status: 202, body: { noted: 'suppressed' } })
    expect(await noted('4.2.2')).toMatchObject({ status: 202, body: { noted: 'nothing' } })
    expect(await noted('2.0.0')).toMatchObject({ status: 202, body: { noted: 'nothing' } })
  })

  it('of any form that came back to a return path is taken: only an unknown address suppresses', async () => {
    await subscribe('forms@example.com')
    const { id } = await vi.waitUntil(
      async () => (await letters()).find(({ to }) => to === 'forms@example.com'),
      { timeout: 5000 },
    )
    expect(id).toBeTruthy()
    for (const status of ['5.7.26', '5.2.2', '5.7.1', '5.0.0', '4.4.7'])
      expect(
        await script('/api/mail/bounces', { body: { recipient: 'forms@example.com', status } }),
      ).toMatchObject({ status: 202, body: { noted: 'counted' } })
    for (const status of ['5.1.3', '5.1.6', '5.1.10', '5.2.1', '5.1.2'])
      expect(
        await script('/api/mail/bounces', {
          body: { recipient: `gone${status}@example.com`, status },
        }),
      ).toMatchObject({ status: 202, body: { noted: 'suppressed' } })
  })

  it.each<[string, unknown, Record<string, string>, number, string | undefined]>([
    ['nothing', {}, {}, 422, 'recipient'],
    ['no status', { recipient: 'a@example.com' }, {}, 422, 'status'],
    ['a basic code', { recipient: 'a@example.com', status: '550' }, {}, 422, 'status'],
    [
      'a status of another class',
      { recipient: 'a@example.com', status: '9.1.1' },
      {},
      422,
      'status',
    ],
    ['no address', { recipient: 'example.com', status: '5.1.1' }, {}, 422, 'recipient'],
    [
      'an address with a line break',
      { recipient: 'a@example.com\r\nX: y', status: '5.1.1' },
      {},
      422,
      'recipient',
    ],
    [
      'a forged return address',
      { recipient: 'bounce+someone-0123456789abcdef@localhost', status: '5.1.1' },
      {},
      422,
      'recipient',
    ],
    ['malformed JSON', '{"recipient":', {}, 400, undefined],
    ['another type', 'x', { 'content-type': 'text/plain' }, 415, undefined],
    [
      'a report about nobody of ours',
      dsn('bounce+someone-0123456789abcdef@localhost', '5.1.1'),
      { 'content-type': 'message/rfc822' },
      422,
      undefined,
    ],
    [
      'a letter that is no report',
      'Subject: hello\r\n\r\nStatus: 5.1.1',
      { 'content-type': 'message/rfc822' },
      422,
      undefined,
    ],
    [
      'a report of 2 MB',
      'x'.repeat(2_000_000),
      { 'content-type': 'message/rfc822' },
      413,
      undefined,
    ],
  ])('that is %s is refused', async (_, body, headers, status, path) => {
    const answer = await script('/api/mail/bounces', { body, headers })
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.body.errors?.[0].path,
    ]).toEqual([status, 'application/problem+json', path])
  })

  it('is not accepted without the scope', async () => {
    const other = await withToken(server.url, owner, ['reviews'])
    expect(
      (await other('/api/mail/bounces', { body: { recipient: 'a@example.com', status: '5.1.1' } }))
        .status,
    ).toBe(403)
    expect(
      (
        await caller(server.url)('/api/mail/bounces', {
          body: { recipient: 'a@example.com', status: '5.1.1' },
        })
      ).status,
    ).toBe(401)
    expect((await report('x', { authorization: 'Bearer mm_forged' })).status).toBe(401)
  })
})

it('confirmation emails contain names of critics and genres, never text from the request', async () => {
  const { id } = await publish(owner, {
    movie: { title: 'Deep Red', year: 1975, genres: ['Giallo'] },
  })
  const { critic } = (await owner(`/api/reviews/${id}`)).body
  await caller(server.url)('/api/subscriptions/email', {
    body: {
      email: 'names@example.com',
      wants: { genres: ['giallo', 'Call 0900'], critics: [critic.id, 'mallory'] },
    },
  })
  const letter = await vi.waitUntil(
    async () => (await letters()).find(({ to }) => to === 'names@example.com'),
    { timeout: 5000 },
  )
  const { text } = (await owner(`/api/outbox/${letter.id}`)).body
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'to get each Giallo film or film of another genre reviewed by Ines Okafor or a critic of your choice.',
  )
  const token = decodeURIComponent(/confirm\?token=(\S+)/.exec(text)![1]!)
  expect(
    (
      await caller(server.url)(
        `/api/subscriptions/email/confirm?token=${encodeURIComponent(token)}`,
      )
    ).body.asked,
  ).toContain('by Ines Okafor')
  await caller(server.url)('/api/subscriptions/email/confirm', { body: { token } })
  await publish(owner, { movie: { title: 'Deep Red', year: 1975, genres: ['Giallo'] } })
  const told = await vi.waitUntil(
    async () =>
      (await letters()).find(one => one.to === 'names@example.com' && one.id !== letter.id),
    { timeout: 5000 },
  )
  expect((await owner(`/api/outbox/${told.id}`)).body.text.replaceAll(/\s+/g, ' ')).toMatch(
    /You subscribed on .{8,20} to get each Giallo film or .*by Ines Okafor/,
  )
})
