/**
 * A partner's server: accepts calls only with a valid signature by Standard Webhooks, drops repeats
 * by their id, and misbehaves when told to.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { Json } from './json'

/**
 * A call that arrived: `fresh` if its id was not seen before at that path; `by` are the secrets
 * that verified it.
 */
export interface Call {
  path: string
  id: string
  type: string
  notice: Json
  contentType: string
  signatures: number
  by: string[]
  fresh: boolean
  at: number
  headers: Record<string, string>
  body: string
}

/**
 * An answer instead of 204, at one path or ('*') all; `times` says how often (default always).
 * `keep` accepts the notice anyway; `act`: never answers, cuts the connection, answers 10 MB, or
 * sends headers and then nothing.
 */
export interface Behaviour {
  status?: number
  headers?: Record<string, string>
  body?: string
  act?: 'hang' | 'cut' | 'flood' | 'head'
  times?: number
  keep?: boolean
  delay?: number
}

export class WebhookReceiver {
  origin = ''
  calls: Call[] = []
  /** Rules that a sender broke; should be empty. */
  violations: string[] = []
  requests = 0
  private secrets = new Map<string, string[]>()
  private behaviours = new Map<string, Behaviour>()
  private stop = async () => {}

  static async start(port = 0) {
    const receiver = new WebhookReceiver()
    const server = createServer((request, response) => void receiver.take(request, response))
    await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
    receiver.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    receiver.stop = () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    return receiver
  }

  close() {
    return this.stop()
  }

  /** The valid secrets at a path; a call signed with none of them is refused. */
  trust(path: string, ...secrets: string[]) {
    this.secrets.set(path, secrets)
  }

  trustEach(secrets: [path: string, secret: string][]) {
    for (const [path, secret] of secrets) this.trust(path, secret)
  }

  behave(path: string, behaviour?: Behaviour) {
    if (behaviour) this.behaviours.set(path, { ...behaviour })
    else this.behaviours.delete(path)
  }

  /** What was accepted at a path, each id once. */
  taken(path: string) {
    return this.calls.filter(call => call.path === path && call.fresh)
  }

  /** Only numbers, for frequent callers; `lastAt` is ms since the epoch. */
  count() {
    return {
      requests: this.requests,
      taken: this.calls.length,
      fresh: this.calls.filter(call => call.fresh).length,
      violations: this.violations.length,
      lastAt: this.calls.at(-1)?.at ?? 0,
    }
  }

  clear() {
    Object.assign(this, { calls: [], violations: [], requests: 0 })
  }

  private async take(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    const path = request.url!
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    this.requests++
    const told = this.behaviour(path)
    if (told?.delay) await new Promise(resolve => setTimeout(resolve, told.delay))
    if (!told || told.keep) {
      const wrong = this.verify(path, request, Buffer.concat(chunks).toString())
      if (wrong) return void response.writeHead(401, { 'content-type': 'text/plain' }).end(wrong)
    }
    if (told?.act === 'hang') return
    if (told?.act === 'cut') return void request.socket.destroy()
    response.writeHead(told?.status ?? 204, told?.headers)
    if (told?.act === 'flood') return void response.end(Buffer.alloc(10_000_000, 'x'))
    if (told?.act === 'head') return response.flushHeaders()
    response.end(told?.body)
  }

  /**
   * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md :
   * signature scheme, headers, and an id that is the same for every attempt.
   */
  private violation(wrong: string): string {
    this.violations.push(wrong)
    return wrong
  }

  private verify(
    path: string,
    { method, headers }: IncomingMessage,
    body: string,
  ): string | undefined {
    const sent = {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    }
    const by = (this.secrets.get(path) ?? []).filter(secret => {
      try {
        return Boolean(new Webhook(secret).verify(body, sent))
      } catch {
        return false
      }
    })
    if (method !== 'POST') return this.violation(`${method} instead of POST`)
    if (!by.length) return this.violation(`no good signature at ${path}`)
    const notice = JSON.parse(body)
    const id = sent['webhook-id']
    const fresh = !this.calls.some(call => call.path === path && call.id === id)
    if (notice.id !== id) this.violations.push(`webhook-id ${id} is not the event's, ${notice.id}`)
    this.calls.push({
      path,
      id,
      type: notice.type,
      notice,
      contentType: headers['content-type'] ?? '',
      signatures: sent['webhook-signature'].split(' ').length,
      by,
      fresh,
      at: Date.now(),
      headers: headers as Record<string, string>,
      body,
    })
  }

  private behaviour(path: string): Behaviour | undefined {
    const key = this.behaviours.has(path) ? path : '*'
    const told = this.behaviours.get(key)
    if (told?.times !== undefined && --told.times <= 0) this.behaviours.delete(key)
    return told
  }
}
