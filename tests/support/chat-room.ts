/**
 * The far side of the example in CONTRIBUTING.md: a chat room that keeps lines and drops a repeat
 * of the same Idempotency-Key.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FixedAnswer, Mood } from '../reactors/contract'

export const TOKEN = 'a-token-of-the-room'

export class ChatRoom {
  url = ''
  lines = new Map<string, string>()
  private fixed?: FixedAnswer
  private mood: Mood = 'well'
  private keys = new Map<unknown, string>()
  private server = createServer((request, response) => void this.take(request, response))

  static async open(): Promise<ChatRoom> {
    const room = new ChatRoom()
    await new Promise<void>(resolve => room.server.listen(0, '127.0.0.1', resolve))
    room.url = `http://127.0.0.1:${(room.server.address() as AddressInfo).port}`
    return room
  }

  close() {
    this.server.closeAllConnections()
    this.server.close()
  }
  set = (mood: Mood) => {
    this.mood = mood
    this.fixed = undefined
    if (mood === 'busy') this.fixed = { status: 503, body: '{}' }
    if (mood === 'refuse') this.fixed = { status: 401, body: '{}' }
  }
  answer = (fixed: FixedAnswer) => {
    this.fixed = fixed
  }
  seen = () => [...this.lines.values()]

  private async take(request: IncomingMessage, response: ServerResponse) {
    const body = await text(request)
    if (this.mood === 'down') return void request.socket.destroy()
    if (this.fixed)
      return void response.writeHead(this.fixed.status, this.fixed.headers).end(this.fixed.body)
    const id = request.url!.split('/')[2] ?? this.idFor(request.headers['idempotency-key'])
    if (request.method === 'DELETE') this.lines.delete(id)
    else this.lines.set(id, (JSON.parse(body) as { text: string }).text)
    if (this.mood !== 'hang') response.end(JSON.stringify({ id }))
  }

  private idFor(key: unknown): string {
    if (!this.keys.has(key)) this.keys.set(key, String(this.keys.size + 1))
    return this.keys.get(key)!
  }
}
