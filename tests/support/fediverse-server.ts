/**
 * A small server of the fediverse that shares no code with ours. It does what Mastodon documents
 * (docs.joinmastodon.org/spec/activitypub): checks signatures, takes an activity once by its id, keeps a
 * tombstone for what was deleted and refuses it for ever, and fetches what is passed on.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkedKey, type Kind, signatureOf } from './fediverse-signatures'
import type { Json } from './json'

export const ACTIVITY_JSON = 'application/activity+json'
type Mood = 'well' | 'down' | 'busy' | 'refuse' | 'hang' | 'gone'

export interface Person {
  id: string
  keyId: string
  publicPem: string
  privatePem: string
  more?: object
}
interface Got {
  path: string
  kind?: Kind
  keyId?: string
  activity: Json
  answer: number
}

export class FediverseServer {
  readonly people = new Map<string, Person>()
  /** What people see: articles by id. */
  readonly posts = new Map<string, Json>()
  readonly tombstones = new Set<string>()
  readonly got: Got[] = []
  /** What was wrong with a call. */
  readonly violations: string[] = []
  mood: Mood = 'well'
  kinds: Kind[] = ['cavage', 'rfc9421']
  hasSharedInbox = true
  /** How the key of a caller is found; by default it is fetched. */
  pemOf = async (keyId: string): Promise<string> => (await this.fetch(keyId)).publicKey.publicKeyPem
  private seen = new Set<string>()
  private server = createServer((req, res) => void this.handle(req, res))
  private held: ServerResponse[] = []

  static async start(): Promise<FediverseServer> {
    const far = new FediverseServer()
    await new Promise<void>(resolve => far.server.listen(0, '127.0.0.1', resolve))
    return far
  }
  get origin() {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`
  }
  get host() {
    return new URL(this.origin).host
  }
  async close() {
    for (const res of this.held) res.destroy()
    this.server.closeAllConnections()
    await new Promise(resolve => this.server.close(resolve))
  }
  clear() {
    this.posts.clear()
    this.tombstones.clear()
    this.seen.clear()
    this.got.length = 0
    this.mood = 'well'
    this.kinds = ['cavage', 'rfc9421']
  }

  /** A person with a new key; call it again to change the key. */
  person(name: string, more: object = {}): Person {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const id = `${this.origin}/users/${name}`
    const person = {
      id,
      keyId: `${id}#main-key`,
      publicPem: publicKey,
      privatePem: privateKey,
      more,
    }
    this.people.set(name, person)
    return person
  }

  /** Posts an activity signed by a person. */
  async send(
    person: Pick<Person, 'keyId' | 'privatePem'>,
    inbox: string,
    activity: object,
    how: {
      kind?: Kind
      at?: number
      covers?: string[]
      headers?: Record<string, string>
      change?: (body: string) => string
      signedFor?: string
    } = {},
  ) {
    const body = JSON.stringify({
      '@context': 'https://www.w3.org/ns/activitystreams',
      ...activity,
    })
    const headers = signatureOf(
      how.kind ?? 'cavage',
      { method: 'POST', url: how.signedFor ?? inbox, body },
      { id: person.keyId, privatePem: person.privatePem },
      how,
    )
    delete headers.host
    const answer = await fetch(inbox, {
      method: 'POST',
      headers: { 'content-type': ACTIVITY_JSON, ...headers, ...how.headers },
      body: how.change ? how.change(body) : body,
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text && JSON.parse(text) }
  }

  async fetch(url: string): Promise<Json> {
    const answer = await fetch(url, { headers: { accept: ACTIVITY_JSON } })
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
    return answer.json()
  }

  private async handle(req: IncomingMessage, res: ServerResponse) {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    if (req.method === 'GET') return this.show(req.url!, res)
    if (this.mood === 'down') return res.destroy()
    if (this.mood === 'busy') return res.writeHead(503, { 'retry-after': '30' }).end()
    if (this.mood === 'refuse') return res.writeHead(401).end()
    if (this.mood === 'gone') return res.writeHead(410).end()
    await this.take(req, Buffer.concat(chunks).toString(), res)
  }

  private show(path: string, res: ServerResponse) {
    const person = this.people.get(/^\/users\/(\w+)$/.exec(path)?.[1] ?? '')
    if (!person) return res.writeHead(410).end()
    const { id, keyId, publicPem, more } = person
    res.writeHead(200, { 'content-type': ACTIVITY_JSON }).end(
      JSON.stringify({
        '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
        id,
        type: 'Person',
        preferredUsername: id.split('/').at(-1),
        name: `${id.split('/').at(-1)} of ${this.host}`,
        inbox: `${id}/inbox`,
        ...(this.hasSharedInbox && { endpoints: { sharedInbox: `${this.origin}/inbox` } }),
        publicKey: { id: keyId, owner: id, publicKeyPem: publicPem },
        ...more,
      }),
    )
  }

  private async take(req: IncomingMessage, body: string, res: ServerResponse) {
    const activity: Json = JSON.parse(body)
    const end = (status: number, more = {}) => {
      this.got.push({ path: req.url!, activity, answer: status, ...more })
      if (this.mood === 'hang') this.held.push(res)
      else res.writeHead(status).end()
    }
    try {
      const checked = await checkedKey(
        {
          method: 'POST',
          url: this.origin + req.url,
          body,
          headers: req.headers as Record<string, string>,
        },
        this.kinds,
        keyId => this.pemOf(keyId),
      )
      if (!checked.keyId.startsWith(`${activity.actor}#`))
        throw new Error(`${checked.keyId} is not of ${activity.actor}`)
      if (!this.seen.has(activity.id)) await this.act(activity)
      this.seen.add(activity.id)
      end(202, checked)
    } catch (error) {
      this.violations.push((error as Error).message)
      end(401)
    }
  }

  private async act({ type, actor, object }: Json) {
    if (type === 'Announce') {
      const article = await this.fetch(object)
      if (!this.tombstones.has(article.id)) this.posts.set(article.id, article)
    }
    if (type === 'Create' && object.attributedTo === actor && !this.tombstones.has(object.id))
      this.posts.set(object.id, object)
    if (type === 'Update' && this.posts.has(object.id)) this.posts.set(object.id, object)
    if (type === 'Delete') {
      const id = object.id ?? object
      if (this.posts.get(id)?.attributedTo === actor || !this.posts.has(id)) {
        this.posts.delete(id)
        this.tombstones.add(id)
      }
    }
  }
}
