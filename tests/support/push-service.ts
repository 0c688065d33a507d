/**
 * A push service of our own: takes messages over HTTP/2 or HTTP/1.1 as the RFCs require, opens them
 * as the browser would, and misbehaves when told to.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ServerHttp2Stream } from 'node:http2'
import { createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificate.ts'
import { makeCertificate } from './certificate.ts'
import { checkHeaders, checkSize, checkVapid, RuleBroken } from './push-rules.ts'
import type { SubscriberKeys } from './push-subscriber.ts'
import { makeSubscriberKeys, openSealed } from './push-subscriber.ts'

/** `subscription` is what `PushSubscription.toJSON()` gives; `keys` also hold the private one. */
export interface Subscriber {
  id: string
  subscription: { endpoint: string; expirationTime: null; keys: { p256dh: string; auth: string } }
  keys: SubscriberKeys
}

/** A message that was accepted, opened. */
export interface Received {
  id: string
  text: string
  ttl: number
  urgency: string
  topic?: string
  at: number
  protocol: string
}

/**
 * An answer instead of 201, for one subscriber or ('*') all; `times` says how often (default
 * always). `hang` takes the message and never answers; the others take nothing.
 */
export interface Behaviour {
  status?: number
  headers?: Record<string, string>
  act?: 'hang' | 'goaway' | 'cut'
  times?: number
  delay?: number
}

export interface PushServiceOptions {
  protocols?: ('h2' | 'http/1.1')[]
  port?: number
  host?: string
  certificate?: Certificate
  maxConcurrentStreams?: number
}

/**
 * A request over either protocol: Node's HTTP/2 requests look like HTTP/1.1 ones, with a stream
 * added.
 */
type Request = IncomingMessage & { stream?: ServerHttp2Stream }

export class PushService {
  origin = ''
  /** PEM; what clients must trust. */
  cert = ''
  received: Received[] = []
  /** Rules that a sender broke, in words; should be empty. */
  violations: string[] = []
  requests = 0
  connections = 0
  private subscribers = new Map<string, { keys: SubscriberKeys; applicationServerKey?: string }>()
  private behaviours = new Map<string, Behaviour>()
  private senderKeys = new Set<string>()
  private waiting = new Map<string, Received[]>()
  private stop = async () => {}

  static async start({
    protocols = ['h2', 'http/1.1'],
    port = 0,
    host = '127.0.0.1',
    certificate,
    maxConcurrentStreams = 100,
  }: PushServiceOptions = {}) {
    const service = new PushService()
    const pair = certificate ?? (await makeCertificate())
    const server = protocols.includes('h2')
      ? createSecureServer({
          ...pair,
          allowHTTP1: protocols.includes('http/1.1'),
          settings: { maxConcurrentStreams },
        })
      : createServer({ ...pair, ALPNProtocols: ['http/1.1'] })
    server.on(
      'request',
      (request: Request, response: ServerResponse) => void service.take(request, response),
    )
    const sockets = new Set<{ destroy: () => void }>()
    server.on('secureConnection', socket => {
      service.connections++
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    })
    await new Promise<void>(resolve => server.listen(port, host, resolve))
    service.origin = `https://${host}:${(server.address() as AddressInfo).port}`
    service.cert = pair.cert
    service.stop = () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
    return service
  }

  close() {
    return this.stop()
  }

  /**
   * A new subscriber with real keys. With `applicationServerKey` only that sender may write to it
   * (RFC 8292 section 4).
   */
  subscribe(applicationServerKey?: string): Subscriber {
    const keys = makeSubscriberKeys()
    const id = `s${this.subscribers.size + 1}`
    this.subscribers.set(id, { keys, applicationServerKey })
    return {
      id,
      keys,
      subscription: {
        endpoint: `${this.origin}/push/${id}`,
        expirationTime: null,
        keys: { p256dh: keys.p256dh, auth: keys.auth },
      },
    }
  }

  subscribeMany(count: number): Subscriber[] {
    return Array.from({ length: count }, () => this.subscribe())
  }

  /** The browser unsubscribed: its endpoint answers 410 from now on. */
  unsubscribe(id: string) {
    this.subscribers.delete(id)
  }

  behave(id: string, behaviour?: Behaviour) {
    if (behaviour) this.behaviours.set(id, { ...behaviour })
    else this.behaviours.delete(id)
  }

  /**
   * What a phone that was off gets when it comes back: only the newest of each topic (RFC 8030
   * section 5.4).
   */
  collect(id: string): Received[] {
    const messages = this.waiting.get(id) ?? []
    this.waiting.delete(id)
    return messages
  }

  /** Only numbers, for frequent callers. */
  count() {
    return {
      requests: this.requests,
      received: this.received.length,
      violations: this.violations.length,
    }
  }

  state() {
    return {
      requests: this.requests,
      connections: this.connections,
      received: this.received,
      violations: this.violations,
    }
  }

  clear() {
    this.received = []
    this.violations = []
    this.requests = 0
    this.waiting.clear()
  }

  private async take(request: Request, response: ServerResponse) {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    this.requests++
    const id = /^\/push\/([\w-]+)$/.exec(request.url ?? '')?.[1] ?? ''
    const told = this.behaviour(id)
    if (told?.delay) await new Promise(resolve => setTimeout(resolve, told.delay))
    if (told?.act && told.act !== 'hang') return this.act(told.act, request)
    if (told?.status && told.status !== 201)
      return void response.writeHead(told.status, told.headers).end()
    try {
      const message = this.accept(id, request, Buffer.concat(chunks))
      if (told?.act === 'hang') return this.store(message)
      // RFC 8030 section 5: 201 with the message's own resource
      response
        .writeHead(201, {
          location: `${this.origin}/message/${this.received.length}`,
          ...told?.headers,
        })
        .end()
      this.store(message)
    } catch (error) {
      const { status, message } =
        error instanceof RuleBroken ? error : new RuleBroken(400, String(error))
      if (status !== 410) this.violations.push(message)
      response.writeHead(status, { 'content-type': 'text/plain' }).end(message)
    }
  }

  private accept(id: string, request: Request, body: Buffer): Received {
    const { headers } = request
    checkHeaders(request.method, headers)
    checkSize(body)
    const sender = checkVapid(headers.authorization, this.origin)
    const subscriber = this.subscribers.get(id)
    if (!subscriber) throw new RuleBroken(410, 'no such subscription (RFC 8030 section 7.3)')
    if (subscriber.applicationServerKey && subscriber.applicationServerKey !== sender)
      throw new RuleBroken(
        403,
        'the subscription is restricted to another key (RFC 8292 section 4.2)',
      )
    const { text, senderKey } = openSealed(body, subscriber.keys)
    if (this.senderKeys.has(senderKey))
      throw new RuleBroken(
        400,
        'a sender key was used twice (RFC 8291 section 2: a new key pair for each message)',
      )
    this.senderKeys.add(senderKey)
    return {
      id,
      text,
      ttl: Number(headers.ttl),
      urgency: String(headers.urgency ?? 'normal'),
      topic: headers.topic as string | undefined,
      at: Date.now(),
      protocol: request.httpVersion === '2.0' ? 'h2' : 'http/1.1',
    }
  }

  private store(message: Received) {
    this.received.push(message)
    const others = (this.waiting.get(message.id) ?? []).filter(
      m => !message.topic || m.topic !== message.topic,
    )
    this.waiting.set(message.id, [...others, message])
  }

  private behaviour(id: string): Behaviour | undefined {
    const key = this.behaviours.has(id) ? id : '*'
    const told = this.behaviours.get(key)
    if (told?.times !== undefined && --told.times <= 0) this.behaviours.delete(key)
    return told
  }

  private act(act: 'goaway' | 'cut', request: Request) {
    const session = request.stream?.session
    // RFC 9113 section 6.8: nothing after stream 0 was processed, so all may be sent again
    if (act === 'goaway' && session) {
      session.goaway(0, 0)
      setImmediate(() => session.destroy())
    } else request.socket.destroy()
  }
}
