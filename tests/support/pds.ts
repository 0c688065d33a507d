/**
 * A real Bluesky server (PDS) for tests, with accounts on it, behind a door that misbehaves when
 * told to.
 */
import {
  createServer,
  type IncomingMessage,
  request as forward,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { startFarProcess } from './far-process'
import { pdsWorkspace } from './pds-workspace'

/**
 * To calls of methods whose name ends in `to` (all without): this answer instead, or none at all:
 * `cut` before the server has heard of it, `hang` after it has done what was asked.
 */
export interface Misbehaviour {
  to?: string
  status?: number
  headers?: Record<string, string>
  body?: string
  cut?: boolean
  hang?: boolean
}
export interface Account {
  did: string
  handle: string
  password: string
}
export interface Post {
  text: string
  createdAt: string
  langs: string[]
  tags: string[]
  facets: {
    index: { byteStart: number; byteEnd: number }
    features: { $type: string; uri?: string; tag?: string }[]
  }[]
  embed: {
    external: {
      uri: string
      title: string
      description: string
      thumb: { mimeType: string; size: number }
    }
  }
}

/** Every account has this one. */
export const PASSWORD = 'an-app-password'

export type Pds = Awaited<ReturnType<typeof startPds>>

export async function startPds() {
  const { greeting, call, close } = await startFarProcess<{ url: string; adminPassword: string }>(
    'pds',
    { workspace: await pdsWorkspace() },
  )
  let misbehaviour: Misbehaviour | undefined
  let made = 0
  const calls: string[] = []

  const door = createServer((request: IncomingMessage, response: ServerResponse) => {
    const method = request.url!.split('?')[0]!.split('/').pop()!
    const told = misbehaviour && method.endsWith(misbehaviour.to ?? '') ? misbehaviour : undefined
    calls.push(method)
    if (told?.cut) return void request.socket.destroy()
    if (told?.status)
      return void request
        .resume()
        .on('end', () =>
          response
            .writeHead(told.status!, { 'content-type': 'application/json', ...told.headers })
            .end(told.body),
        )
    const inner = forward(
      greeting.url + request.url!,
      { method: request.method, headers: request.headers },
      answer => {
        if (told?.hang) return void answer.resume()
        response.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(response)
      },
    )
    inner.on('error', () => request.socket.destroy())
    request.pipe(inner)
  })
  await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve))

  async function xrpc(
    method: string,
    { body, admin = false, token }: { body?: object; admin?: boolean; token?: string } = {},
  ) {
    const authorization = admin
      ? `Basic ${Buffer.from(`admin:${greeting.adminPassword}`).toString('base64')}`
      : token && `Bearer ${token}`
    const answer = await fetch(`${greeting.url}/xrpc/${method}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(authorization && { authorization }),
      },
      body: body && JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }

  /**
   * Once per account, because signing in is deliberately slow so that passwords cannot be guessed.
   */
  const tokens = new Map<string, Promise<string>>()
  const tokenOf = ({ did, handle, password }: Account) => {
    const signIn = () =>
      xrpc('com.atproto.server.createSession', { body: { identifier: handle, password } })
    if (!tokens.has(did))
      tokens.set(
        did,
        signIn().then(({ accessJwt }) => accessJwt),
      )
    return tokens.get(did)!
  }

  return {
    /** The address of the door; the server itself names its own. */
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    calls,
    behave(told?: Misbehaviour) {
      misbehaviour = told
    },
    async account(): Promise<Account> {
      const handle = `critic${++made}.test`
      const password = PASSWORD
      const { did } = await xrpc('com.atproto.server.createAccount', {
        body: { handle, password, email: `${handle}@example.org` },
      })
      return { did, handle, password }
    },
    /** The server's posts, newest first. */
    async posts({ did }: Account): Promise<{ uri: string; value: Post }[]> {
      return (
        await xrpc(
          `com.atproto.repo.listRecords?repo=${did}&collection=app.bsky.feed.post&limit=100`,
        )
      ).records
    },
    /** Deletes a post, as the account's owner would in another app. */
    async deletePosts(account: Account) {
      for (const { uri } of await this.posts(account))
        await xrpc('com.atproto.repo.deleteRecord', {
          token: await tokenOf(account),
          body: { repo: account.did, collection: 'app.bsky.feed.post', rkey: uri.split('/').pop() },
        })
    },
    takeDown: ({ did }: Account) =>
      xrpc('com.atproto.admin.updateSubjectStatus', {
        admin: true,
        body: {
          subject: { $type: 'com.atproto.admin.defs#repoRef', did },
          takedown: { applied: true },
        },
      }),
    changePassword: ({ did }: Account, password: string) =>
      xrpc('com.atproto.admin.updateAccountPassword', { admin: true, body: { did, password } }),
    async close() {
      door.closeAllConnections()
      await new Promise(resolve => door.close(resolve))
      await call('close', [])
      await close()
    },
  }
}
