/**
 * A Discord channel behind a webhook, as documented at https://docs.discord.com/developers: it
 * keeps messages, has no idempotency keys, and refuses what Discord refuses.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Message {
  id: string
  content: string
  pings: string[]
  edits: number
  thread: string | null
}
/**
 * An answer instead of the usual one to calls of this `method` (default all); `take` handles the
 * call first, `hang` handles it and never answers, `cut` ends the connection.
 */
export interface Misbehaviour {
  method?: string
  status?: number
  headers?: Record<string, string>
  body?: string
  take?: boolean
  hang?: boolean
  cut?: boolean
}

const ID = '223704706495545344'
export const TOKEN =
  '3d89bb7572e0fb30d8128367b3b1b44fecd1726de135cbe28a41f8b2f777c372ba2939e72279b94526ff5d1bd4358d65cf11'
/** topics/opcodes-and-status-codes#json: the code and words of each refusal. */
const UNKNOWN_MESSAGE: Answer = [404, { message: 'Unknown Message', code: 10008 }]
const UNKNOWN_WEBHOOK: Answer = [404, { message: 'Unknown Webhook', code: 10015 }]
const INVALID_TOKEN: Answer = [401, { message: 'Invalid Webhook Token', code: 50027 }]
const EMPTY: Answer = [400, { message: 'Cannot send an empty message', code: 50006 }]
const BLOCKED: Answer = [403, { message: 'Cloudflare is blocking your request', code: 40333 }]
const invalid = (field: string, message: string): Answer => [
  400,
  {
    message: 'Invalid Form Body',
    code: 50035,
    errors: { [field]: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH', message }] } },
  },
]

/**
 * topics/rate-limits#exceeding-a-rate-limit: Retry-After in whole seconds, `retry_after` to the
 * millisecond.
 */
export const limited = (seconds: number): Misbehaviour => ({
  status: 429,
  headers: { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'user' },
  body: JSON.stringify({
    message: 'You are being rate limited.',
    retry_after: seconds,
    global: false,
  }),
})

export class Discord {
  /** resources/webhook#execute-webhook: POST /webhooks/{webhook.id}/{webhook.token} */
  url = ''
  messages: Message[] = []
  token = TOKEN
  /** False once somebody deleted the webhook (resources/webhook#delete-webhook). */
  exists = true
  misbehaviour?: Misbehaviour
  calls: string[] = []
  private ids = 1_300_000_000_000_000_000n
  private server = createServer((request, response) => void this.take(request, response))

  static async start(): Promise<Discord> {
    const discord = new Discord()
    await discord.listen(0)
    discord.url = `http://127.0.0.1:${(discord.server.address() as AddressInfo).port}/api/webhooks/${ID}/${TOKEN}`
    return discord
  }

  /** Refuses connections until `up`. */
  down = () =>
    new Promise<void>(resolve => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  up = () => (this.server.listening ? undefined : this.listen(Number(new URL(this.url).port)))
  close = () => (this.server.listening ? this.down() : undefined)

  private listen = (port: number) =>
    new Promise<void>(resolve => this.server.listen(port, '127.0.0.1', resolve))

  private async take(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const url = new URL(request.url!, this.url)
    const told =
      this.misbehaviour && (this.misbehaviour.method ?? request.method) === request.method
        ? this.misbehaviour
        : undefined
    this.calls.push(
      `${request.method} ${url.pathname.replace(/^.*\/webhooks\/\d+\/[\w-]+/, '')}${url.search}`,
    )
    const [status, body] =
      !told || told.take || told.hang
        ? this.answer(request, url, Buffer.concat(chunks).toString())
        : [500, undefined]
    if (told?.hang) return
    if (told?.cut) return void request.socket.destroy()
    response
      .writeHead(told?.status ?? status, { 'content-type': 'application/json', ...told?.headers })
      .end(told ? told.body : body && JSON.stringify(body))
  }

  private answer(
    { method, headers }: IncomingMessage,
    { pathname, searchParams }: URL,
    body: string,
  ): Answer {
    // reference#user-agent: clients "must provide a valid User Agent", or "may be blocked";
    // reference#content-type: else 50035.
    if (!/^DiscordBot \(https?:\/\/\S+, [\w.]+\)/.test(headers['user-agent'] ?? '')) return BLOCKED
    if (headers['content-type'] !== 'application/json')
      return invalid('content', 'Invalid Content-Type')
    const [, webhook, token, messages, id] = pathname.split('/').slice(2)
    const thread = searchParams.get('thread_id')
    const given: Given = body ? JSON.parse(body) : {}
    if (!this.exists || webhook !== ID) return UNKNOWN_WEBHOOK
    if (token !== this.token) return INVALID_TOKEN
    if (method === 'POST' && !messages)
      return this.execute(given, thread, searchParams.get('wait') === 'true')
    // resources/webhook#edit-webhook-message, #delete-webhook-message: `thread_id` is the thread
    // that the message is in.
    const message = this.messages.find(one => one.id === id && one.thread === thread)
    if (messages !== 'messages' || !message) return UNKNOWN_MESSAGE
    if (method === 'PATCH') return this.edit(message, given)
    if (method !== 'DELETE') return [405, { message: '405: Method Not Allowed', code: 0 }]
    // resources/webhook#delete-webhook-message: "Returns a 204 No Content response on success."
    this.messages = this.messages.filter(one => one !== message)
    return [204, undefined]
  }

  /**
   * resources/webhook#execute-webhook: a message with `wait`, else 204. Its parameters have neither
   * `nonce` nor `enforce_nonce`, which only resources/message#create-message has: a repeat is a
   * second message.
   */
  private execute(given: Given, thread: string | null, wait: boolean): Answer {
    const why = this.refused(given)
    if (why) return why
    const message = {
      id: String(++this.ids),
      content: given.content!,
      pings: pingsOf(given),
      edits: 0,
      thread,
    }
    this.messages.push(message)
    return wait ? [200, this.shown(message)] : [204, undefined]
  }

  /**
   * resources/webhook#edit-webhook-message: without `allowed_mentions` "the content will be parsed
   * with default allowances", whatever the first request said.
   */
  private edit(message: Message, given: Given): Answer {
    const why = this.refused(given)
    if (why) return why
    Object.assign(message, {
      content: given.content!,
      pings: pingsOf(given),
      edits: message.edits + 1,
    })
    return [200, this.shown(message)]
  }

  /**
   * resources/webhook#execute-webhook: "the message contents (up to 2000 characters)", and at least
   * one of content and others.
   */
  private refused({ content = '' }: Given): Answer | undefined {
    if (!content.trim()) return EMPTY
    if (content.length > 2000) return invalid('content', 'Must be 2000 or fewer in length.')
  }

  /** resources/message#message-object */
  private shown = ({ id, content }: Message) => ({
    id,
    content,
    webhook_id: ID,
    channel_id: '199737254929760256',
    type: 0,
    attachments: [],
    embeds: [],
  })
}

/**
 * resources/message#allowed-mentions-object: "In interactions and webhooks, only user mentions are
 * parsed" where nothing is said; an empty `parse` suppresses all.
 */
function pingsOf({
  content = '',
  allowed_mentions: { parse } = { parse: ['users'] },
}: Given): string[] {
  const found = {
    everyone: content.match(/@(?:everyone|here)/g),
    users: content.match(/<@!?\d+>/g),
    roles: content.match(/<@&\d+>/g),
  }
  return parse.flatMap(kind => found[kind] ?? [])
}

interface Given {
  content?: string
  allowed_mentions?: { parse: ('everyone' | 'users' | 'roles')[] }
}
type Answer = [number, unknown]
