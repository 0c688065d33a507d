/**
 * One message to one reader, through a real push service: what it gets, and what each of its
 * answers leads to.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import webpush from 'web-push'
import { OriginSessions, STREAMS } from '../../../server/channels/push/origin-session'
import { RefusalTracker } from '../../../server/channels/push/refusal-tracker'
import { Sealer } from '../../../server/channels/push/sealer'
import { type Dependencies, prepare, sendMessage } from '../../../server/channels/push/send-message'
import { createVapid } from '../../../server/channels/push/vapid'
import { Dead, Retry, Suppressed } from '../../../server/delivery/contract/define-reactor'
import { createOutbound, OutboundRefused } from '../../../server/outbound/client'
import { trustHere } from '../../support/certificate'
import { PushService, type Subscriber } from '../../support/push-service'

const message = prepare({
  title: 'Heat, 4½',
  body: 'Two men. '.repeat(300),
  navigate: 'https://mymovies.example/reviews/heat',
  tag: 'heat',
})
const now = Date.parse('2026-11-23T20:00:00Z')

describe.each([
  ['HTTP/2', ['h2', 'http/1.1']],
  ['HTTP/1.1', ['http/1.1']],
] as const)('over %s', (name, protocols) => {
  let service: PushService
  let sessions: OriginSessions
  let parts: Dependencies
  let reader: Subscriber
  const forgotten: string[] = []
  const send = (subscriber = reader, attempt = 1, signal = AbortSignal.timeout(10_000)) =>
    sendMessage(subscriber.subscription, message, { attempt, signal }, parts)

  beforeAll(async () => {
    service = await PushService.start({ protocols: [...protocols] })
    trustHere(service.cert)
  })
  afterAll(() => service.close())
  beforeEach(() => {
    service.clear()
    service.behave('*')
    forgotten.length = 0
    const { hostname, port } = new URL(service.origin)
    sessions = new OriginSessions(
      createOutbound({ allow: [{ host: hostname, port, purpose: 'push' }] }),
    )
    const vapid = createVapid(webpush.generateVAPIDKeys(), 'mailto:desk@mymovies.example')
    parts = {
      sessions,
      sealer: new Sealer(),
      refusals: new RefusalTracker(),
      authorization: vapid,
      forget: async endpoint => {
        forgotten.push(endpoint)
      },
      now: () => now,
    }
    reader = service.subscribe()
  })
  afterEach(() => sessions.close())

  it('arrives as the RFCs require, readable by its reader', async () => {
    await send()
    expect(service.violations).toEqual([])
    expect(service.received).toMatchObject([
      {
        id: reader.id,
        ttl: 172_800,
        urgency: 'normal',
        topic: message.topic,
        protocol: name === 'HTTP/2' ? 'h2' : 'http/1.1',
      },
    ])
    expect(JSON.parse(service.received[0]!.text)).toMatchObject({
      web_push: 8030,
      notification: { title: 'Heat, 4½', tag: 'heat' },
    })
  })

  it('a newer message about the same review replaces the one that is waiting', async () => {
    await send()
    await sendMessage(
      reader.subscription,
      prepare(
        {
          title: 'Heat, 4',
          body: '',
          navigate: 'https://mymovies.example/',
          tag: 'heat',
          silent: true,
        },
        'low',
      ),
      { attempt: 1, signal: AbortSignal.timeout(10_000) },
      parts,
    )
    expect(
      service.collect(reader.id).map(m => [JSON.parse(m.text).notification.title, m.urgency]),
    ).toEqual([['Heat, 4', 'low']])
  })

  it.each([404, 410])('%i: the reader is forgotten, and that is not a failure', async status => {
    service.behave(reader.id, { status })
    await expect(send()).rejects.toThrow(Suppressed)
    expect(forgotten).toEqual([reader.subscription.endpoint])
  })

  it('413: is sent once more, trimmed', async () => {
    service.behave(reader.id, { status: 413, times: 1 })
    await send()
    expect(service.received[0]!.text.length).toBeLessThanOrEqual(1000)
    service.behave(reader.id, { status: 413 })
    service.requests = 0
    await expect(send()).rejects.toThrow(Dead)
    expect(service.requests).toBe(2)
  })

  it('429: everything to this service waits as long as it says', async () => {
    service.behave(reader.id, { status: 429, headers: { 'retry-after': '90' } })
    await expect(send()).rejects.toMatchObject({
      options: { at: now + 90_000, pause: service.origin },
    })
  })

  it('500: this one is tried again, the others go on', async () => {
    service.behave(reader.id, { status: 500 })
    const error = await send().catch(e => e)
    expect(error).toBeInstanceOf(Retry)
    expect(error.options.pause).toBeUndefined()
  })

  it.each([400, 401, 403])('%i: the service is left alone and the reason says so', async status => {
    service.behave('*', { status })
    const error = await send().catch(e => e)
    expect(error).toBeInstanceOf(Retry)
    expect(error.message).toContain(`answered ${status}`)
    expect(error.options).toEqual({ at: now + 30 * 60_000, pause: service.origin })
  })

  it('403 for one subscription among accepted ones stops nobody else, and ends with that one', async () => {
    service.behave(reader.id, { status: 403 })
    const others = service.subscribeMany(4)
    for (const [i, other] of others.entries()) {
      await send(other)
      const error = await send(reader, i + 1).catch(e => e)
      expect(error).toBeInstanceOf(i < 3 ? Retry : Suppressed)
      expect(error.options?.pause).toBeUndefined()
    }
    expect(forgotten).toEqual([reader.subscription.endpoint])
  })

  it('a service that stops accepting us is noticed, although it accepted before', async () => {
    await send()
    service.behave('*', { status: 401 })
    const pauses = []
    for (const other of service.subscribeMany(3))
      pauses.push((await send(other).catch(e => e)).options.pause)
    expect(pauses).toEqual([undefined, undefined, service.origin])
    expect(forgotten).toEqual([])
  })

  it('a redirect is not followed', async () => {
    service.behave(reader.id, {
      status: 307,
      headers: { location: `${service.origin}/push/other` },
    })
    await expect(send()).rejects.toThrow(Dead)
    expect(service.requests).toBe(1)
  })

  it.each(['goaway', 'cut'] as const)(
    '%s: is tried again, and the next message finds a new connection',
    async act => {
      await send()
      service.behave(reader.id, { act })
      await expect(send()).rejects.toThrow(Retry)
      service.behave(reader.id)
      await send()
      expect(service.received).toHaveLength(2)
    },
  )

  it('hang: ends when its time is up, and others do not wait for it', async () => {
    service.behave(reader.id, { act: 'hang' })
    const limit = new AbortController()
    const hanging = send(reader, 1, limit.signal)
    await send(service.subscribe())
    limit.abort(new Error('no time left'))
    await expect(hanging).rejects.toThrow(Retry)
  })

  it('many at once share a few connections', async () => {
    const before = service.connections
    for (let i = 0; i < 3; i++)
      await Promise.all(service.subscribeMany(STREAMS).map(each => send(each)))
    expect(service.received).toHaveLength(3 * STREAMS)
    expect(service.violations).toEqual([])
    expect(service.connections - before).toBeLessThanOrEqual(name === 'HTTP/2' ? 1 : 8)
  })

  it('an endpoint that may not be called is dead', async () => {
    const elsewhere = {
      ...reader,
      subscription: { ...reader.subscription, endpoint: 'https://127.0.0.1:1/push/x' },
    }
    await expect(send(elsewhere)).rejects.toThrow(OutboundRefused)
  })
})
