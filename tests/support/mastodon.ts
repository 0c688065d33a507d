/**
 * A Mastodon server of our own, as documented at https://docs.joinmastodon.org: it keeps statuses
 * of one account and refuses what Mastodon refuses.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { letters } from '../../shared/wording'

export interface Status {
  id: string
  created_at: string
  text: string
  spoiler_text: string
  sensitive: boolean
  language: string | null
  media_attachments: Media[]
  edits: number
}
interface Media {
  id: string
  type: 'image'
  url: string | null
  description: string | null
  bytes: number
  left: number
}
/**
 * An answer instead of the usual one to calls whose "METHOD /path" begins with `to`; `take` handles
 * the call first, and `hang` never answers.
 */
export interface Misbehaviour {
  to?: string
  status?: number
  headers?: Record<string, string>
  body?: string
  take?: boolean
  hang?: boolean
  cut?: boolean
  times?: number
}

const KEY_LIVES_MS = 3600_000 // methods/statuses/#create: "Idempotency keys are stored for up to 1 hour"
const TYPES = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/heic',
  'image/heif',
  'image/webp',
  'image/avif',
] // entities/Instance/#supported_mime_types
const ACCOUNT = { id: '23634', username: 'mymovies', acct: 'mymovies' }

export class Mastodon {
  url = ''
  token = 'a-user-token'
  statuses: Status[] = []
  /** entities/Instance/#max_characters, #characters_reserved_per_url */
  limits = { max_characters: 500, characters_reserved_per_url: 23, max_media_attachments: 4 }
  /** How many times a picture answers 206 before it is ready. */
  slowPictures = 0
  /** Servers of the same kind: without Idempotency-Key, without editing, with the first upload only. */
  lacks = { keys: false, edits: false, newUploads: false }
  misbehaviour?: Misbehaviour
  calls: string[] = []
  now = () => Date.now() + this.ahead
  private ahead = 0
  private media = new Map<string, Media>()
  private keys = new Map<string, { id: string; until: number }>()
  private ids = 109_000_000_000_000_000n
  private stop = async () => {}

  static async start(): Promise<Mastodon> {
    const mastodon = new Mastodon()
    const server = createServer((request, response) => void mastodon.take(request, response))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    mastodon.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    mastodon.stop = () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    return mastodon
  }

  close() {
    return this.stop()
  }
  /** Moves its clock forward: keys are forgotten after an hour. */
  wait(ms: number) {
    this.ahead += ms
  }

  private async take(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const url = new URL(request.url!, this.url)
    const call = `${request.method} ${url.pathname}`
    const told = this.told(call)
    this.calls.push(call)
    // api/rate-limits/: of every call "300 in 5 minutes", told in three headers; the reset is an
    // ISO date.
    const limits = {
      'x-ratelimit-limit': '300',
      'x-ratelimit-remaining': String(Math.max(0, 300 - this.calls.length)),
      'x-ratelimit-reset': new Date(Math.ceil(Date.now() / 300_000) * 300_000).toISOString(),
    }
    const usual =
      !told || told.take || told.hang
        ? await this.answer(request, url, Buffer.concat(chunks))
        : undefined
    if (told?.hang) return
    if (told?.cut) return void request.socket.destroy()
    const [status, body] = told
      ? [told.status ?? usual![0], told.body ?? '{"error":"told to"}']
      : [usual![0], JSON.stringify(usual![1])]
    response
      .writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        ...limits,
        ...told?.headers,
      })
      .end(body)
  }

  private told(call: string): Misbehaviour | undefined {
    const told = this.misbehaviour
    if (!told || !call.startsWith(told.to ?? '')) return undefined
    if (told.times !== undefined && --told.times <= 0) this.misbehaviour = undefined
    return told
  }

  private async answer(
    request: IncomingMessage,
    { pathname, searchParams }: URL,
    body: Buffer,
  ): Promise<[number, unknown]> {
    const [, version, ...path] = pathname.slice(1).split('/')
    const { method } = request
    const call = `${method} ${version} ${path[0]}`
    const id = path[1]
    if (call === 'GET v2 instance')
      return [200, { domain: 'mastodon.test', configuration: { statuses: this.limits } }] // methods/instance/#v2
    if (request.headers.authorization !== `Bearer ${this.token}`)
      return [401, { error: 'The access token is invalid' }] // methods/statuses/#create: 401
    const type = request.headers['content-type'] ?? ''
    const given = type.includes('json') ? JSON.parse(body.toString()) : {}
    if (call === 'POST v2 media' && this.lacks.newUploads) return NOT_FOUND
    if (call === 'POST v2 media' || call === 'POST v1 media')
      return this.upload(
        await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
          .formData()
          .catch(() => new FormData()),
      )
    if (call === 'GET v1 media') return this.picture(id!)
    if (call === 'POST v1 statuses')
      return this.post(
        given,
        this.lacks.keys ? '' : String(request.headers['idempotency-key'] ?? ''),
      )
    if (call === 'GET v1 statuses') return this.read(id!)
    if (call === 'PUT v1 statuses' && this.lacks.edits) return NOT_FOUND
    if (call === 'PUT v1 statuses') return this.edit(id!, given)
    if (call === 'DELETE v1 statuses') return this.remove(id!)
    if (call === 'GET v1 accounts') return this.accounts(id!, searchParams)
    return NOT_FOUND
  }

  private accounts(id: string, query: URLSearchParams): [number, unknown] {
    if (id === 'verify_credentials') return [200, ACCOUNT]
    return id === ACCOUNT.id ? [200, this.page(query)] : NOT_FOUND
  }

  /** methods/media/#v2 */
  private upload(form: FormData): [number, unknown] {
    const file = form.get('file')
    const description = form.get('description')
    if (!(file instanceof File) || !TYPES.includes(file.type))
      return [422, { error: 'Validation failed: File content type is invalid, File is invalid' }]
    if (String(description ?? '').length > 1500)
      return [
        422,
        { error: 'Validation failed: Description is too long (maximum is 1500 characters)' },
      ] // entities/Instance/#description_limit
    const media: Media = {
      id: this.nextId(),
      type: 'image',
      url: null,
      description: description as string | null,
      bytes: file.size,
      left: this.slowPictures,
    }
    this.media.set(media.id, media)
    return [media.left ? 202 : 200, this.shown(media)]
  }

  /**
   * methods/media/#get: "before it is attached to a status and posted"; 206 while it is processed.
   */
  private picture(id: string): [number, unknown] {
    const media = this.media.get(id)
    if (!media || this.statuses.some(status => status.media_attachments.includes(media)))
      return NOT_FOUND
    return media.left-- > 0 ? [206, {}] : [200, this.shown({ ...media, left: 0 })]
  }

  private shown = ({ left, ...media }: Media) => ({
    ...media,
    url: left > 0 ? null : `${this.url}/files/${media.id}.jpeg`,
  })

  /** methods/statuses/#create: the same Idempotency-Key answers with the same status. */
  private post(given: Given, key: string): [number, unknown] {
    const before = this.keys.get(key)
    const again =
      before && before.until > this.now()
        ? this.statuses.find(status => status.id === before.id)
        : undefined
    if (key && again) return [200, this.html(again)]
    const why =
      this.invalid(given) ??
      (given.media_ids?.some(id =>
        this.statuses.some(one => one.media_attachments.some(media => media.id === id)),
      )
        ? 'Validation failed: Media was not found'
        : undefined)
    if (why) return [422, { error: why }]
    const status: Status = {
      id: this.nextId(),
      created_at: new Date(this.now()).toISOString(),
      ...this.worded(given),
      edits: 0,
    }
    this.statuses.push(status)
    if (key) this.keys.set(key, { id: status.id, until: this.now() + KEY_LIVES_MS })
    return [200, this.html(status)]
  }

  /** methods/statuses/#get */
  private read(id: string): [number, unknown] {
    const status = this.statuses.find(one => one.id === id)
    return status ? [200, this.html(status)] : NOT_FOUND
  }

  /** methods/statuses/#edit: media that is not named again is taken off. */
  private edit(id: string, given: Given): [number, unknown] {
    const status = this.statuses.find(one => one.id === id)
    const why = this.invalid(given)
    if (!status) return NOT_FOUND
    if (why) return [422, { error: why }]
    Object.assign(status, this.worded(given), { edits: status.edits + 1 })
    return [200, this.html(status)]
  }

  /** methods/statuses/#delete: answers with the source text. */
  private remove(id: string): [number, unknown] {
    const status = this.statuses.find(one => one.id === id)
    if (!status) return NOT_FOUND
    this.statuses = this.statuses.filter(one => one !== status)
    return [200, { ...this.html(status), text: status.text }]
  }

  /** methods/accounts/#statuses: newest first, 20 unless told, at most 40. */
  private page(query: URLSearchParams) {
    const before = query.get('max_id')
    return this.statuses
      .filter(({ id }) => !before || BigInt(id) < BigInt(before))
      .reverse()
      .slice(0, Math.min(Number(query.get('limit') ?? 20), 40))
      .map(status => this.html(status))
  }

  private worded = ({
    status = '',
    spoiler_text = '',
    sensitive = false,
    language,
    media_ids = [],
  }: Given) => ({
    text: status,
    spoiler_text,
    sensitive: sensitive || Boolean(spoiler_text),
    language: language ?? null,
    media_attachments: media_ids.map(id => this.media.get(id)!),
  })

  private invalid({
    status = '',
    spoiler_text = '',
    language,
    media_ids = [],
  }: Given): string | undefined {
    // user/posting/#text: "All links are counted as 23 characters"; a warning counts too
    const length = letters(
      spoiler_text +
        status
          .replace(/https?:\/\/\S+/g, 'x'.repeat(this.limits.characters_reserved_per_url))
          .replace(/(@\w+)@[\w.-]+/g, '$1'),
    ).length
    if (!status.trim() && !media_ids.length) return "Validation failed: Text can't be blank"
    if (length > this.limits.max_characters)
      return `Validation failed: Text character limit of ${this.limits.max_characters} exceeded`
    if (media_ids.length > this.limits.max_media_attachments)
      return 'Validation failed: Cannot attach more than 4 files'
    if (media_ids.some(id => !this.media.has(id))) return 'Validation failed: Media was not found'
    if (media_ids.some(id => this.media.get(id)!.left > 0))
      return 'Cannot attach files that have not finished processing. Try again in a moment!'
    if (language && !/^[a-z]{2,3}(?:-\w+)?$/.test(language))
      return 'Validation failed: Language is invalid'
  }

  /** entities/Status/#content: HTML, links as anchors. */
  private html(status: Status) {
    const { text, edits: _edits, ...rest } = status
    const escaped = text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
    const content = escaped
      .split('\n\n')
      .map(
        each =>
          `<p>${each.replace(/https?:\/\/[^\s<]+/g, '<a href="$&" target="_blank" rel="nofollow noopener noreferrer">$&</a>').replaceAll('\n', '<br />')}</p>`,
      )
      .join('')
    return {
      ...rest,
      content,
      url: `${this.url}/@${ACCOUNT.username}/${status.id}`,
      uri: `${this.url}/users/${ACCOUNT.username}/statuses/${status.id}`,
      account: ACCOUNT,
    }
  }

  private nextId = () => String(++this.ids)
}

interface Given {
  status?: string
  spoiler_text?: string
  sensitive?: boolean
  language?: string
  media_ids?: string[]
}
const NOT_FOUND: [number, unknown] = [404, { error: 'Record not found' }]
