/**
 * A stand-in for X: takes signed calls, keeps posts as X keeps them, refuses what X refuses, and
 * misbehaves when told to.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  asShown,
  checkPicture,
  checkSignature,
  checkText,
  generic,
  invalid,
  type Keys,
  Refused,
} from './x-rules.ts'

export type { Keys } from './x-rules.ts'
export const KEYS: Keys = {
  apiKey: 'a-key-of-the-app',
  apiSecret: 'its secret & more',
  accessToken: '2244994945-the-account',
  accessSecret: 'its/secret',
}

export interface Post {
  id: string
  text: string
  replyTo?: string
  picture?: { type: string; bytes: number; alt?: string }
}

/**
 * Instead of X's answer, `times` times (default always): `done` handles the call first. `hang`
 * never answers, `cut` ends the connection.
 */
export interface Behaviour {
  status?: number
  headers?: Record<string, string>
  body?: string
  act?: 'hang' | 'cut'
  done?: boolean
  times?: number
}

interface Upload {
  type: string
  bytes: number
  alt?: string
}
interface NewPost {
  text?: unknown
  media?: { media_ids?: string[] }
  reply?: { in_reply_to_tweet_id?: string }
}
interface NewAlt {
  id?: string
  metadata?: { alt_text?: { text?: unknown } }
}
interface Given {
  path: string[]
  url: URL
  body: () => Record<string, unknown>
  form: () => Promise<FormData>
}

const USER = { id: '2244994945', name: 'My Movies', username: 'mymovies' }
/**
 * https://docs.x.com/x-api/fundamentals/rate-limits: 100 posts in 15 minutes for a user, 10,000 in
 * 24 hours for an app.
 */
const WINDOW = 900
const LIMIT = 100
const APP_LIMIT = 10_000

export class X {
  url = ''
  /** Everything ever posted, in order; `standing` are the posts that were not deleted. */
  posts: Post[] = []
  /** `POST /2/tweets`, in the order they came. */
  requests: string[] = []
  /** Why calls were refused; should be empty. */
  violations: string[] = []
  keys = KEYS
  left = LIMIT
  private deleted = new Set<string>()
  private uploads = new Map<string, Upload>()
  private behaviours = new Map<string, Behaviour>()
  private nonces = new Set<string>()
  private ids = 1445880548472328192n
  private stop = async () => {}

  static async start({ port = 0 }: { port?: number } = {}) {
    const x = new X()
    const sockets = new Set<Socket>()
    const server = createServer((request, response) => void x.take(request, response))
    server.on('connection', socket => sockets.add(socket.on('close', () => sockets.delete(socket))))
    await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
    x.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    x.stop = () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
    return x
  }

  close() {
    return this.stop()
  }
  /** `where` as in `requests`, with ids as `:id`; '*' is everywhere. */
  behave(where: string, behaviour?: Behaviour) {
    if (behaviour) this.behaviours.set(where, { ...behaviour })
    else this.behaviours.delete(where)
  }
  useKeys(keys: Keys) {
    this.keys = keys
  }
  standing() {
    return this.posts.filter(({ id }) => !this.deleted.has(id))
  }
  state() {
    return {
      posts: this.posts,
      standing: this.standing(),
      requests: this.requests,
      violations: this.violations,
    }
  }

  private async take(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const url = new URL(request.url!, this.url)
    const path = url.pathname.split('/').slice(1)
    const where = `${request.method} ${url.pathname.replace(/\/\d{2,}/, '/:id')}`
    this.requests.push(where)
    const body = Buffer.concat(chunks)
    const form = () =>
      new Response(body, {
        headers: { 'content-type': request.headers['content-type']! },
      }).formData()
    const told = this.told(where)
    if (told && !told.done) return this.misbehave(told, request, response)
    const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' }
    let status: number
    let answer: object
    try {
      checkSignature(request.method!, url, request.headers.authorization, this.keys, this.nonces)
      if (where === 'POST /2/tweets') Object.assign(headers, this.count())
      if (this.left < 0)
        throw new Refused(
          429,
          { errors: [{ code: 88, message: 'Rate limit exceeded' }] },
          'the window is used up',
        )
      ;({ status, answer } = await this.answer(where, {
        path,
        url,
        form,
        body: () => JSON.parse(body.toString()),
      }))
    } catch (error) {
      const refused = error instanceof Refused ? error : invalid((error as Error).message)
      this.violations.push(`${where}: ${refused.message}`)
      status = refused.status
      answer = refused.body
    }
    if (told) return this.misbehave(told, request, response)
    response.writeHead(status, headers).end(JSON.stringify(answer))
  }

  private async answer(
    where: string,
    { path, url, body, form }: Given,
  ): Promise<{ status: number; answer: object }> {
    const data = (data: object, status = 200) => ({ status, answer: { data } })
    switch (where) {
      case 'POST /2/tweets':
        return data(this.post(body()), 201)
      // https://docs.x.com/x-api/posts/delete-post; a post that is not there: 404 by
      // …/response-codes-and-errors.
      case 'DELETE /2/tweets/:id': {
        if (!this.standing().some(({ id }) => id === path[2]))
          throw generic(404, `Could not find tweet with id: [${path[2]}].`)
        this.deleted.add(path[2]!)
        return data({ deleted: true })
      }
      case 'POST /2/media/upload': {
        const { type, bytes } = await checkPicture(await form())
        const id = this.nextId()
        this.uploads.set(id, { type, bytes: bytes.length })
        return data({ id, media_key: `3_${id}`, size: bytes.length, expires_after_secs: 86_400 })
      }
      case 'POST /2/media/metadata':
        return data(this.describe(body()))
      case 'GET /2/users/me':
        return data(USER)
      case 'GET /2/users/:id/tweets': {
        const most = Number(url.searchParams.get('max_results') ?? 10)
        if (path[2] !== USER.id) throw generic(404, `Could not find user with id: [${path[2]}].`)
        if (!(most >= 5 && most <= 100)) throw invalid('max_results is between 5 and 100')
        return data(this.standing().toReversed().slice(0, most).map(asShown))
      }
      default:
        throw generic(404, 'Sorry, that page does not exist')
    }
  }

  /** https://docs.x.com/x-api/posts/create-post. */
  private post({ text, media, reply }: NewPost): object {
    const said = checkText(text)
    const replyTo = reply?.in_reply_to_tweet_id
    const ids = media?.media_ids ?? []
    // https://docs.x.com/x-api/media/introduction; the words:
    // https://github.com/plhery/node-twitter-api-v2/issues/375.
    const upload = ids[0] === undefined ? undefined : this.uploads.get(ids[0])
    if (ids.length > 4 || (ids.length && !upload))
      throw invalid('Your media IDs are invalid.', { 'media.media_ids': ids })
    // The words: https://github.com/plhery/node-twitter-api-v2/issues/366.
    if (replyTo !== undefined && !this.standing().some(({ id }) => id === replyTo))
      throw generic(403, 'You attempted to reply to a Tweet that is deleted or not visible to you.')
    // The words: https://github.com/akrherz/iembot/issues/163.
    if (this.standing().some(post => post.text.normalize('NFC') === said.normalize('NFC')))
      throw generic(403, 'You are not allowed to create a Tweet with duplicate content.')
    const post: Post = {
      id: this.nextId(),
      text: said,
      ...(replyTo && { replyTo }),
      ...(upload && { picture: { type: upload.type, bytes: upload.bytes, alt: upload.alt } }),
    }
    this.posts.push(post)
    const { id, edit_history_tweet_ids, text: shown } = asShown(post)
    return { id, text: shown, edit_history_tweet_ids }
  }

  /** https://docs.x.com/x-api/media/create-media-metadata: at most 1,000 characters. */
  private describe({ id = '', metadata }: NewAlt): object {
    const upload = this.uploads.get(id)
    const alt = metadata?.alt_text?.text
    if (!upload) throw invalid('id is not a media of yours')
    if (typeof alt !== 'string' || !alt || alt.length > 1000)
      throw invalid('alt_text.text has 1 to 1000 characters')
    upload.alt = alt
    return { id, associated_metadata: { alt_text: { text: alt } } }
  }

  /**
   * Every answer says what is left; once a window is used up, 429 until it is over
   * (https://docs.x.com/x-api/fundamentals/rate-limits).
   */
  private count(): Record<string, string> {
    const reset = String(Math.floor(Date.now() / 1000) + WINDOW)
    const tomorrow = String(Math.floor(Date.now() / 1000) + 86_400)
    this.left--
    return {
      'x-rate-limit-limit': String(LIMIT),
      'x-rate-limit-remaining': String(Math.max(this.left, 0)),
      'x-rate-limit-reset': reset,
      'x-app-limit-24hour-limit': String(APP_LIMIT),
      'x-app-limit-24hour-remaining': String(APP_LIMIT - LIMIT + this.left),
      'x-app-limit-24hour-reset': tomorrow,
    }
  }

  private nextId() {
    return String((this.ids += 4194304n))
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
