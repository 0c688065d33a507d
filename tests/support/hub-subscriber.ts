/**
 * A subscriber as the W3C's WebSub Recommendation (23 January 2018) describes one: confirms only what
 * it asked for, accepts only content that is signed with its secret, and misbehaves when told to.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A feed that was posted to a path. `fresh`: the path did not have this version yet. */
export interface Posted {
  path: string
  body: string
  type: string
  etag: string
  links: Record<string, string>
  fresh: boolean
  at: number
}

/** A request to confirm; `confirmed` is what the subscriber made of it. */
export interface Asked {
  path: string
  query: Record<string, string>
  confirmed: boolean
}

/**
 * An answer instead of the usual one, at one path or ('*') all, to a `GET` or a `POST`, `times` times
 * (default always). `keep` takes the content anyway; `act`: never answers, cuts the connection,
 * answers 10 MB, or sends headers and then nothing.
 */
export interface HubBehaviour {
  to?: 'GET' | 'POST'
  status?: number
  headers?: Record<string, string>
  body?: string
  act?: 'hang' | 'cut' | 'flood' | 'head'
  times?: number
  keep?: boolean
}

interface Usual {
  status: number
  body?: string
}

interface Wanted {
  mode: string
  topic: string
}

export class HubSubscriber {
  origin = ''
  posted: Posted[] = []
  asked: Asked[] = []
  /** Rules that the hub broke; should be empty. */
  violations: string[] = []
  /** What a confirmation says. */
  echo = (challenge: string) => challenge
  /** Called when content was accepted, just after the answer has left. */
  onAccepted = () => {}
  private wanted = new Map<string, Wanted>()
  private secrets = new Map<string, string>()
  private behaviours = new Map<string, HubBehaviour>()
  private stop = async () => {}

  static async start(port = 0) {
    const subscriber = new HubSubscriber()
    const server = createServer((request, response) => void subscriber.take(request, response))
    await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
    subscriber.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    subscriber.stop = () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    return subscriber
  }

  close() {
    return this.stop()
  }

  /** What this path will confirm; content that comes there must be signed with the secret. */
  want(path: string, mode: 'subscribe' | 'unsubscribe', topic: string, secret?: string) {
    this.wanted.set(path, { mode, topic })
    if (secret) this.secrets.set(path, secret)
    else if (mode === 'subscribe') this.secrets.delete(path)
  }

  /** For many paths at once. */
  trustEach(secrets: [path: string, secret: string][]) {
    for (const [path, secret] of secrets) this.secrets.set(path, secret)
  }

  behave(path: string, behaviour?: HubBehaviour) {
    if (behaviour) this.behaviours.set(path, { ...behaviour })
    else this.behaviours.delete(path)
  }

  /** The versions of the feed that a path took, each once. */
  taken = (path: string) => this.posted.filter(post => post.path === path && post.fresh)

  /** Only numbers, for frequent callers; times are ms since the epoch, in order. */
  count() {
    return {
      posted: this.posted.length,
      times: this.posted.filter(post => post.fresh).map(post => post.at),
      violations: this.violations.length,
    }
  }

  clear() {
    Object.assign(this, { posted: [], asked: [], violations: [] })
    this.behaviours.clear()
  }

  private async take(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const { pathname, searchParams } = new URL(request.url!, this.origin)
    const query = Object.fromEntries(searchParams)
    // A callback may have a query of its own, which is a part of it.
    const path = query.own ? `${pathname}?own=${query.own}` : pathname
    const told = this.behaviour(path, request.method!)
    const usual =
      request.method === 'GET'
        ? this.confirm(path, query, told !== undefined)
        : this.accept(
            path,
            request,
            Buffer.concat(chunks),
            told === undefined || told.keep === true,
          )
    if (!told) {
      response.writeHead(usual.status).end(usual.body)
      if (request.method === 'POST') this.onAccepted()
      return
    }
    if (told.act === 'hang') return
    if (told.act === 'cut') return void request.socket.destroy()
    response.writeHead(told.status ?? 200, told.headers)
    if (told.act === 'flood') return void response.end(Buffer.alloc(10_000_000, 'x'))
    if (told.act === 'head') return response.flushHeaders()
    response.end(told.body)
  }

  /** https://www.w3.org/TR/websub/#hub-verifies-intent */
  private confirm(path: string, query: Record<string, string>, misbehaves: boolean): Usual {
    const wanted = this.wanted.get(path)
    const { 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': challenge } = query
    const lease = query['hub.lease_seconds']
    const confirmed = !misbehaves && wanted?.mode === mode && wanted?.topic === topic
    this.asked.push({ path, query, confirmed })
    if (!challenge) this.violations.push('no hub.challenge')
    if (mode === 'subscribe' && !/^[1-9]\d*$/.test(lease ?? ''))
      this.violations.push(`hub.lease_seconds is ${lease}`)
    return confirmed ? { status: 200, body: this.echo(challenge ?? '') } : { status: 404 }
  }

  /** https://www.w3.org/TR/websub/#content-distribution */
  private accept(path: string, request: IncomingMessage, bytes: Buffer, keep: boolean): Usual {
    const { headers, method } = request
    const secret = this.secrets.get(path)
    const links = linksIn(String(headers.link ?? ''))
    if (method !== 'POST') this.violations.push(`${method} instead of POST`)
    if (!links.hub || !links.self) this.violations.push(`the Link header is ${headers.link}`)
    if (!isSigned(bytes, secret, headers['x-hub-signature'] as string | undefined)) {
      this.violations.push(`no good signature at ${path}`)
      // A subscriber must not say that it ignores what is badly signed (WebSub, 7.1).
      return { status: 202 }
    }
    if (!keep) return { status: 204 }
    const etag = String(headers.etag)
    const before = this.posted.findLast(post => post.path === path)
    this.posted.push({
      path,
      body: bytes.toString(),
      type: headers['content-type'] ?? '',
      etag,
      links,
      fresh: before?.etag !== etag,
      at: Date.now(),
    })
    return { status: 204 }
  }

  private behaviour(path: string, method: string): HubBehaviour | undefined {
    const key = this.behaviours.has(path) ? path : '*'
    const told = this.behaviours.get(key)
    if (!told || (told.to && told.to !== method)) return undefined
    if (told.times !== undefined && --told.times <= 0) this.behaviours.delete(key)
    return told
  }
}

const linksIn = (header: string): Record<string, string> =>
  Object.fromEntries(
    [...header.matchAll(/<([^>]*)>; rel="(\w+)"/g)].map(([, to, rel]) => [rel, to]),
  )

function isSigned(bytes: Buffer, secret: string | undefined, header: string | undefined): boolean {
  if (secret === undefined) return header === undefined
  const [method, signature = ''] = header?.split('=') ?? []
  const ours = createHmac('sha256', secret).update(bytes).digest()
  const theirs = Buffer.from(signature, 'hex')
  return method === 'sha256' && theirs.length === ours.length && timingSafeEqual(ours, theirs)
}
