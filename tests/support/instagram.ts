/**
 * A stand-in for Instagram's Graph API: makes containers of pictures that it fetches, publishes
 * them, refuses what Instagram refuses, and misbehaves when told to.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  checkCaption,
  checkToken,
  fetchImage,
  invalid,
  Refused,
  refused,
} from './instagram-rules.ts'

export const USER = '17841400008460056'
export const TOKEN = 'IGAA-a-token-of-the-account'

export interface Post {
  id: string
  caption: string
  alt?: string
  picture: { width: number; height: number; bytes: number }
  permalink: string
  timestamp: string
  comments: { id: string; text: string }[]
}

/**
 * Instead of Instagram's answer, `times` times (default always): `done` handles the call first.
 * `hang` never answers, `cut` ends the connection.
 */
export interface Behaviour {
  status?: number
  headers?: Record<string, string>
  body?: string
  act?: 'hang' | 'cut'
  done?: boolean
  times?: number
}

/** `polls`: how many times it is still IN_PROGRESS when asked. */
interface Container extends Pick<Post, 'caption' | 'alt' | 'picture'> {
  status: 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED'
  polls: number
}

interface GivenBody {
  image_url?: unknown
  caption?: unknown
  alt_text?: string
  creation_id?: unknown
  message?: unknown
}

export class Instagram {
  url = ''
  posts: Post[] = []
  containers = new Map<string, Container>()
  /** `METHOD /path`, with ids as `:id`, in the order they came. */
  requests: string[] = []
  /** Why calls were refused; should be empty. */
  violations: string[] = []
  token = TOKEN
  /** ig-user/content_publishing_limit: 100 posts in 24 hours. */
  limit = { used: 0, total: 100 }
  /** How many polls a new container needs, and how it ends. */
  next: { polls: number; status: Container['status'] } = { polls: 1, status: 'FINISHED' }
  /** Renewals of the token so far, and how long (seconds) the newest one lives. */
  renewals = 0
  expiresIn = 5_183_944
  /** What else the network accepts: older tokens live on until they end. */
  tokens = new Set<string>()
  private behaviours = new Map<string, Behaviour>()
  private ids = 17889455560051444n
  private stop = async () => {}

  static async start() {
    const instagram = new Instagram()
    const sockets = new Set<Socket>()
    const server = createServer((request, response) => void instagram.take(request, response))
    server.on('connection', socket => sockets.add(socket.on('close', () => sockets.delete(socket))))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    instagram.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v26.0`
    instagram.stop = () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
    return instagram
  }

  close() {
    return this.stop()
  }
  /** `where` as in `requests`; '*' is everywhere. */
  behave(where: string, behaviour?: Behaviour) {
    if (behaviour) this.behaviours.set(where, { ...behaviour })
    else this.behaviours.delete(where)
  }
  state() {
    return { posts: this.posts, requests: this.requests, violations: this.violations }
  }

  private async take(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const url = new URL(request.url!, this.url)
    const path = url.pathname.replace(/^\/v26\.0/, '')
    const where = `${request.method} ${path.replace(/\d{5,}/, ':id')}`
    this.requests.push(where)
    const told = this.told(where)
    if (told && !told.done) return this.misbehave(told, request, response)
    let status = 200
    let answer: object
    try {
      const { searchParams } = url
      const bearer = searchParams.has('access_token')
        ? `Bearer ${searchParams.get('access_token')}`
        : request.headers.authorization
      checkToken(bearer, this.tokens.has(bearer?.slice(7) ?? '') ? bearer!.slice(7) : this.token)
      answer = await this.answer(where, {
        id: path.split('/')[1]!,
        fields: searchParams.get('fields')?.split(',') ?? [],
        grant: searchParams.get('grant_type') ?? '',
        body: JSON.parse(Buffer.concat(chunks).toString() || '{}'),
      })
    } catch (error) {
      const refusal = error instanceof Refused ? error : invalid((error as Error).message)
      this.violations.push(`${where}: ${refusal.message}`)
      status = refusal.status
      answer = refusal.body
    }
    if (told) return this.misbehave(told, request, response)
    response
      .writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
      .end(JSON.stringify(answer))
  }

  private async answer(
    where: string,
    { id, fields, grant, body }: { id: string; fields: string[]; grant: string; body: GivenBody },
  ): Promise<object> {
    const pick = (from: object) =>
      Object.fromEntries(
        Object.entries(from).filter(([name]) => name === 'id' || fields.includes(name)),
      )
    const post = this.posts.find(each => each.id === id)
    const container = this.containers.get(id)
    if (where.includes('/:id/') && id !== USER && !post) throw refused(33)
    switch (where) {
      // …/reference/refresh_access_token
      case 'GET /refresh_access_token':
        if (grant !== 'ig_refresh_token') throw invalid('grant_type')
        return this.renew()
      case 'POST /:id/media':
        return { id: await this.contain(body) }
      case 'POST /:id/media_publish':
        return { id: this.publish(String(body.creation_id)) }
      case 'GET /:id/media':
        return {
          data: this.posts
            .toReversed()
            .map(({ caption, ...each }) =>
              pick({ ...each, caption: caption.replaceAll('@', '').trim() }),
            ),
        }
      // …/reference/ig-user/content_publishing_limit
      case 'GET /:id/content_publishing_limit':
        return {
          data: [
            {
              quota_usage: this.limit.used,
              ...(fields.includes('config') && {
                config: { quota_total: this.limit.total, quota_duration: 86_400 },
              }),
            },
          ],
        }
      // …/reference/ig-media/comments
      case 'GET /:id/comments':
        return { data: post!.comments }
      case 'POST /:id/comments': {
        if (typeof body.message !== 'string' || !body.message) throw invalid('message')
        post!.comments.push({ id: this.nextId(), text: body.message })
        return { id: post!.comments.at(-1)!.id }
      }
      // …/reference/ig-container and …/reference/instagram-media
      case 'GET /:id': {
        if (post) return pick(post)
        if (!container) throw refused(33)
        return pick({ id, status_code: container.polls-- > 0 ? 'IN_PROGRESS' : container.status })
      }
      default:
        throw refused(33)
    }
  }

  /** …/reference/ig-user/media; alt_text by content-publishing (24 March 2025). */
  private async contain({ image_url, caption, alt_text }: GivenBody): Promise<string> {
    const picture = await fetchImage(image_url)
    const id = this.nextId()
    this.containers.set(id, {
      caption: checkCaption(caption),
      alt: alt_text,
      picture,
      ...this.next,
    })
    return id
  }

  /** …/reference/ig-user/media_publish and …/reference/error-codes. */
  private publish(id: string): string {
    const container = this.containers.get(id)
    if (!container || container.status === 'PUBLISHED' || container.status === 'EXPIRED')
      throw refused(2207006)
    if (container.polls > 0 || container.status === 'ERROR') throw refused(2207027)
    if (this.limit.used >= this.limit.total) throw refused(2207042)
    this.limit.used++
    container.status = 'PUBLISHED'
    const post: Post = {
      ...container,
      id: this.nextId(),
      permalink: `https://www.instagram.com/p/C${this.posts.length + 1}/`,
      timestamp: new Date().toISOString().replace(/\.\d+Z/, '+0000'),
      comments: [],
    }
    this.posts.push(post)
    return post.id
  }

  private renew() {
    this.tokens.add(this.token)
    this.token = `${TOKEN}-${++this.renewals}`
    return { access_token: this.token, token_type: 'bearer', expires_in: this.expiresIn }
  }

  private nextId() {
    return String((this.ids += 3n))
  }

  private told(where: string): Behaviour | undefined {
    for (const place of [where, '*']) {
      const told = this.behaviours.get(place)
      if (told && (told.times === undefined || told.times-- > 0)) return told
    }
  }

  private misbehave(
    { act, status = 200, headers, body = '' }: Behaviour,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    if (act === 'cut') request.socket.destroy()
    else if (act !== 'hang') response.writeHead(status, headers).end(body)
  }
}
