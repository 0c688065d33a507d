/**
 * The webhooks reactor against a partner's server that checks every signature, with webhooks in a
 * real database.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { loadWebhooks } from '../../server/channels/webhooks/audience'
import { createWebhook, MOST } from '../../server/channels/webhooks/create'
import { webhookHealth } from '../../server/channels/webhooks/health'
import type { NewWebhook } from '../../server/channels/webhooks/schema'
import {
  changeWebhook,
  removeWebhook,
  rotate,
  type WebhookRow,
} from '../../server/channels/webhooks/store'
import { webhookPage } from '../../server/channels/webhooks/webhook-page'
import { useApp } from '../../server/db/open'
import { useViewsWriter } from '../../server/db/views-file'
import { Retry, Suppressed } from '../../server/delivery/contract/define-reactor'
import { registerReactors } from '../../server/delivery/contract/registry'
import { openMemoryLog } from '../../server/log/memory'
import critics from '../../server/projections/critics'
import webhooks from '../../server/reactors/webhooks'
import { Projector } from '../../server/read-models/projector'
import { deliver, type Given, recorded } from '../support/delivery'
import { sampleReview } from '../support/sample-review'
import { type Behaviour, WebhookReceiver } from '../support/webhook-receiver'
import { type Mood, reactorContract } from './contract'

registerReactors([webhooks])
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-webhooks-'))
const DAY = 24 * 3600_000
let receiver: WebhookReceiver
let id: string
let secret: string

beforeAll(async () => {
  receiver = await WebhookReceiver.start()
  vi.stubEnv('NUXT_ALLOW_TARGETS', `webhook:${new URL(receiver.origin).host}`)
  vi.stubEnv('NUXT_DATA_DIR', dataDir)
  vi.stubEnv('NUXT_SITE_URL', 'https://mymovies.example')
  const projector = new Projector(openMemoryLog(), useViewsWriter(), [critics])
  await projector.start()
  await projector.stop()
})
afterAll(async () => {
  await webhooks.close!()
  await receiver.close()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => begin())
afterEach(() => {
  vi.useRealTimers()
})

const alert = async () =>
  (await useApp())
    .selectFrom('alerts')
    .selectAll()
    .where('about', '=', 'webhooks.disabled')
    .executeTakeFirst()

async function begin(wanted: Partial<NewWebhook> = {}, path = '/hook') {
  const app = await useApp()
  await app.deleteFrom('webhooks').execute()
  await app.deleteFrom('alerts').execute()
  receiver.clear()
  receiver.behave('*')
  const made = await createWebhook(
    app,
    { url: receiver.origin + path, shape: 'fat', ...wanted },
    { owner: 'ines', head: 0, now: Date.now() },
  )
  id = made.id
  secret = made.secret!
  receiver.trust(path, secret)
}

const given = async () => ({ recipient: id, to: (await loadWebhooks([id])).get(id) })
const tell = async (more: Given = {}) => deliver(webhooks, { ...(await given()), ...more })
const failure = (more: Given = {}) =>
  tell(more).then(
    () => undefined,
    error => error as Error & Retry,
  )
const sheet = async () => {
  await webhookHealth.flush()
  return webhookPage(await useApp(), { id }, Date.now())
}
const audience = async (type: Parameters<typeof recorded>[0], position = 1) =>
  (
    await webhooks.audience!({
      event: recorded(type, sampleReview(), position),
      review: sampleReview(),
      after: '',
      limit: 10,
      now: 0,
    })
  ).map(planned => planned.recipient)

/** One line for each public review, as kept by a partner who follows the notices. */
function shelf(): string[] {
  const reviews = new Map<string, string>()
  for (const { notice } of receiver.taken('/hook')) {
    if (notice.data.withdrawn) reviews.delete(notice.subject)
    else reviews.set(notice.subject, `${notice.data.movie.title}: ${notice.data.title}`)
  }
  return [...reviews.values()]
}

const MOODS: Record<Mood, Behaviour | undefined> = {
  well: undefined,
  down: { act: 'cut' },
  busy: { status: 503, headers: { 'retry-after': '30' } },
  refuse: { status: 401 },
  hang: { act: 'hang' },
}

reactorContract(
  'webhooks',
  async () => {
    await begin()
    return {
      reactor: webhooks,
      given: await given(),
      far: { set: mood => receiver.behave('*', MOODS[mood]), seen: shelf },
    }
  },
  { shows: false },
)

it('sends a signed CloudEvent with the id of the event at every attempt', async () => {
  receiver.behave('*', { status: 500, times: 1 })
  expect(await failure()).toBeInstanceOf(Retry)
  expect(await tell({ attempt: 2 })).toEqual({ status: 204, ms: expect.any(Number) })
  expect(receiver.violations).toEqual([])
  expect(receiver.calls).toMatchObject([
    { id: 'event-1', contentType: 'application/cloudevents+json; charset=utf-8', signatures: 1 },
  ])
  const { data, ...envelope } = receiver.calls[0]!.notice
  expect(envelope).toEqual({
    specversion: '1.0',
    id: 'event-1',
    source: 'https://mymovies.example',
    type: 'com.mymovies.review.published.v1',
    subject: 'r-third-man',
    time: '2026-11-23T20:00:00.000Z',
    sequence: '00000001',
    datacontenttype: 'application/json',
    dataschema: 'https://mymovies.example/schemas/review.published.v1.fat.json',
  })
  const { critic, ...review } = sampleReview()
  const signed = { ...review, critic: { ...critic, slug: 'ines-okafor' } }
  expect(data).toEqual(JSON.parse(JSON.stringify(signed)))
})

it.each([
  [
    'thin',
    undefined,
    {
      id: 'r-third-man',
      url: 'https://mymovies.example/reviews/everyone-in-vienna',
      api: 'https://mymovies.example/api/reviews/r-third-man',
    },
  ],
  [
    'pick',
    ['rating', 'title'],
    { id: 'r-third-man', rating: 5, title: 'Everyone in Vienna is selling something' },
  ],
] as const)('shows %s what it asked for', async (shape, fields, data) => {
  await begin({ shape, fields: fields && [...fields] })
  await tell()
  expect(receiver.calls[0]!.notice.data).toEqual(data)
})

it.each([
  ['fat', undefined],
  ['pick', ['body', 'title']],
] as const)('shows nothing of an archived review (%s)', async (shape, fields) => {
  await begin({ shape, fields: fields && ([...fields] as NewWebhook['fields']) })
  await tell({ type: 'ReviewArchived' })
  expect(receiver.calls[0]!.notice).toMatchObject({ type: 'com.mymovies.review.archived.v1' })
  expect(receiver.calls[0]!.notice.data).toEqual({
    id: 'r-third-man',
    url: 'https://mymovies.example/reviews/everyone-in-vienna',
    withdrawn: true,
  })
})

it('signs with both secrets for a day after a rotation, and then with the new one alone', async () => {
  const { secret: next } = await rotate(await useApp(), { id }, Date.now())
  receiver.trust('/hook', secret, next)
  await tell()
  expect(receiver.calls[0]).toMatchObject({ signatures: 2, by: [secret, next] })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + DAY + 1000 })
  expect((await loadWebhooks([id])).get(id)!.secrets).toEqual([next])
})

it('calls webhooks that are on and asked for this type, with what came after they asked', async () => {
  await begin({ types: ['com.mymovies.review.corrected.v1'] })
  expect([await audience('ReviewCorrected'), await audience('ReviewPublished')]).toEqual([[id], []])
  await changeWebhook(await useApp(), { id }, { types: null }, Date.now())
  expect([await audience('ReviewPublished', 1), await audience('ReviewPublished', 0)]).toEqual([
    [id],
    [],
  ])
  await changeWebhook(await useApp(), { id }, { enabled: false }, Date.now())
  expect([
    await audience('ReviewPublished'),
    (await loadWebhooks([id])).size,
    (await sheet()).state,
  ]).toEqual([[], 0, 'paused'])
})

it('calls those that asked for this review, until they ask for all again', async () => {
  const wants = { genres: ['war'], critics: ['ines'], minRating: 5 }
  await begin({ subject: ['r-other'] })
  expect(await audience('ReviewPublished')).toEqual([])
  const asked = [
    { subject: ['r-other', 'r-third-man'] },
    { wants },
    { wants: { ...wants, genres: ['War', 'thriller'] } },
    { wants: { critics: ['nobody'] } },
    { wants: null },
    { subject: ['r-other'] },
    { subject: null },
  ]
  const found: boolean[] = []
  for (const changes of asked) {
    await changeWebhook(await useApp(), { id }, changes, Date.now())
    found.push((await audience('ReviewPublished')).includes(id))
  }
  expect(found).toEqual([true, false, true, false, true, false, true])
  await changeWebhook(await useApp(), { id }, { wants, fields: ['title'], shape: 'pick' }, 0)
  expect(await sheet()).toMatchObject({ wants, fields: ['title'], shape: 'pick' })
  await changeWebhook(await useApp(), { id }, { shape: 'thin' }, 0)
  expect(await sheet()).not.toHaveProperty('fields')
})

it.each<[string, Behaviour, RegExp]>([
  [
    'a redirect, which is not followed',
    { status: 302, headers: { location: 'http://10.0.0.1/' } },
    /answered 302: a redirect/,
  ],
  ['a page', { status: 500, body: '<html>Bad gateway</html>' }, /answered 500: a page/],
  ['an unknown signature', { status: 401, body: 'who\nare you' }, /answered 401: who are you/],
  [
    'a broken connection',
    { act: 'cut' },
    /no answer: the connection was cut \((?:UND_ERR_SOCKET|ECONNRESET)\)/,
  ],
  ['10 MB of trouble', { status: 500, act: 'flood' }, /^answered 500: x{200}$/],
])('%s is a failure that is tried again', async (_, behaviour, reason) => {
  receiver.behave('*', behaviour)
  expect(await failure()).toMatchObject({ name: 'Retry', message: expect.stringMatching(reason) })
  expect(await sheet()).toMatchObject({
    state: 'failing',
    failingSince: expect.any(String),
    lastAnswer: { ok: false, said: expect.stringMatching(reason) },
  })
})

it.each<[string, Behaviour]>([
  ['10 MB', { status: 200, act: 'flood' }],
  ['a body that never comes', { status: 202, act: 'head' }],
])('a success with %s is a success', async (_, behaviour) => {
  receiver.behave('*', { ...behaviour, keep: true })
  expect(await tell()).toMatchObject({ status: behaviour.status })
  expect(await sheet()).toMatchObject({ state: 'active', lastAnswer: { ok: true } })
})

it('tries again when asked to, but never sooner than the schedule', async () => {
  receiver.behave('*', { status: 429, headers: { 'retry-after': '60' } })
  const now = Date.now()
  const { options } = (await failure())!
  expect(options).toMatchObject({ pause: id, at: expect.any(Number) })
  expect(Math.round((options.at! - now) / 1000)).toBe(60)
  expect((await failure({ attempt: 2 }))!.options).toEqual({})
})

it('410 switches it off at once', async () => {
  receiver.behave('*', { status: 410 })
  expect(await failure()).toBeInstanceOf(Suppressed)
  expect(await sheet()).toMatchObject({
    state: 'disabled',
    disabledReason: expect.stringContaining('410'),
  })
  expect(await alert()).toMatchObject({
    count: 1,
    sample: expect.stringContaining('410'),
    settled_at: null,
  })
  expect((await alert())!.sample).not.toContain('/hook')
  await removeWebhook(await useApp(), { id }, Date.now())
  expect((await alert())!.settled_at).not.toBeNull()
})

it('is switched off after five days of failures, not four, and a success starts the count again', async () => {
  const start = Date.now()
  const answer = async (days: number, behaviour?: Behaviour) => {
    vi.useFakeTimers({ toFake: ['Date'], now: start + days * DAY })
    receiver.behave('*', behaviour)
    await deliver(webhooks, {
      recipient: id,
      to: { id, url: `${receiver.origin}/hook`, secrets: [secret], shape: 'thin' },
    }).catch(() => {})
    return (await sheet()).state
  }
  const down = { status: 503 }
  expect([
    await answer(0, down),
    await answer(4.9, down),
    await answer(4.95, { status: 204, keep: false }),
    await answer(6, down),
    await answer(10.9, down),
  ]).toEqual(['failing', 'failing', 'active', 'failing', 'failing'])
  expect(await answer(11.1, down)).toBe('disabled')
  expect((await sheet()).disabledReason).toBe('it failed for five days')
  expect(await alert()).toMatchObject({ settled_at: null })
  await changeWebhook(await useApp(), { id }, { enabled: true }, Date.now())
  const again = await sheet()
  expect([again.state, again.failingSince, again.disabledAt]).toEqual([
    'active',
    undefined,
    undefined,
  ])
  expect((await alert())!.settled_at).not.toBeNull()
})

it('one person may have at most ten thousand', async () => {
  const app = await useApp()
  const { id: _id, ...row } = (await app
    .selectFrom('webhooks')
    .selectAll()
    .executeTakeFirstOrThrow()) as WebhookRow
  await app.transaction().execute(async db => {
    for (let n = 1; n < MOST; n += 500)
      await db
        .insertInto('webhooks')
        .values(
          Array.from({ length: Math.min(500, MOST - n) }, (_, i) => ({ ...row, id: `w${n + i}` })),
        )
        .execute()
  })
  const one = { url: `${receiver.origin}/one-more`, shape: 'thin' as const }
  const at = { head: 0, now: 0 }
  await expect(createWebhook(app, one, { owner: 'ines', ...at })).rejects.toMatchObject({
    statusCode: 422,
    errors: [{ path: 'url' }],
  })
  expect(await createWebhook(app, one, { owner: 'max', ...at })).toMatchObject({
    secret: expect.stringMatching(/^whsec_/),
  })
})

it('shows in the panel what is sent', async () => {
  expect(
    await webhooks.render!(sampleReview(), { settings: {}, siteUrl: 'https://mymovies.example' }),
  ).toMatchObject({ unit: 'webhooks', say: expect.any(String) })
})
