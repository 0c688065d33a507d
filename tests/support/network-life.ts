/**
 * The life of a review on a network, through the built server: `networkLife` runs it against the
 * network's far side.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner } from './account'
import { publish } from './publish'
import { startServer, type TestServer } from './server'

export interface Network {
  /** The settings that the part needs to send. */
  env: Record<string, string>
  /** What people see there now. */
  posts: () => string[] | Promise<string[]>
  /** True: calls are handled and never answered. */
  hang: (on: boolean) => void
  close: () => Promise<unknown>
}

/** Call it once in `tests/e2e/NAME.spec.ts`. Opening the far side may take `openFor` ms. */
export function networkLife(part: string, open: () => Promise<Network>, openFor = 60_000) {
  const SOON = { timeout: 20_000, interval: 50 }
  const dataDir = mkdtempSync(join(tmpdir(), `mymovies-${part}-`))
  let network: Network
  let server: TestServer
  let critic: Caller

  beforeAll(async () => {
    network = await open()
    server = await startServer({ dataDir, env: network.env })
    critic = await makeOwner(server.url)
  }, openFor)
  afterAll(async () => {
    await server?.kill()
    await network?.close()
    rmSync(dataDir, { recursive: true })
  })

  const told = async (id: string) =>
    (await critic(`/api/reviews/${id}/deliveries`)).body.parts.find(
      (each: { part: string }) => each.part === part,
    )
  const accepted = (id: string, times: number) =>
    expect.poll(async () => (await told(id))?.accepted, SOON).toBe(times)
  const change = async (id: string, how: string, body: object) =>
    expect(await critic(`/api/reviews/${id}/${how}`, { body })).toMatchObject({ status: 202 })

  it('one publish is one post; a fix and a correction edit it; an archive deletes it; what came back is not posted again', async () => {
    const { id, url } = await publish(critic)
    await accepted(id, 1)
    const [post] = await network.posts()
    expect(await network.posts()).toHaveLength(1)
    for (const words of ['On The Third Man', 'Seen twice.', url]) expect(post).toContain(words)
    expect((await told(id)).receipts).toMatchObject([{ url: expect.stringMatching(/^https?:/) }])

    await change(id, 'fix', { title: 'About The Third Man' })
    await accepted(id, 2)
    expect(await network.posts()).toEqual([
      post!.replace('On The Third Man', 'About The Third Man'),
    ])

    await change(id, 'correct', { rating: 4.5, note: 'It deserves half a star less.' })
    await accepted(id, 3)
    expect(await network.posts()).toEqual([
      expect.stringMatching(/4½ of 5.*Corrected: It deserves half a star less\./s),
    ])

    await change(id, 'archive', { reason: 'Written about another film.' })
    await accepted(id, 4)
    expect(await network.posts()).toEqual([])

    await change(id, 'restore', {})
    await change(id, 'fix', { title: 'Back in Vienna' })
    await expect
      .poll(async () => await told(id), SOON)
      .toMatchObject({
        accepted: 4,
        suppressed: 1,
        reason: expect.stringContaining('was deleted when the review was archived'),
      })
    expect(await network.posts()).toEqual([])
  })

  it('killed between the post and our note of it, it is still one post', async () => {
    network.hang(true)
    const { id } = await publish(critic)
    await expect.poll(network.posts, SOON).toHaveLength(1)
    expect((await told(id)).accepted).toBe(0)
    await server.kill()
    network.hang(false)
    server = await startServer({ dataDir, port: server.port, env: network.env })
    await expect
      .poll(async () => (await told(id)).accepted, { timeout: 40_000, interval: 100 })
      .toBe(1)
    expect(await network.posts()).toHaveLength(1)
  }, 90_000)

  it('shows in the panel what it will say, and refuses a line that is too long before anything is published', async () => {
    const draft = await critic('/api/reviews', {
      body: {
        title: 'On Heat',
        movie: { title: 'Heat', year: 1995 },
        rating: 4,
        summary: 'Two men and a city.',
        body: 'Words.',
      },
    })
    const before = await network.posts()
    const refused = await critic(`/api/reviews/${draft.body.id}/publish`, {
      body: { parts: { [part]: { text: 'x'.repeat(600) } } },
    })
    expect(refused).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            path: expect.stringContaining(part),
            message: expect.stringMatching(/^is \d+ characters too long$/),
          },
        ],
      },
    })
    expect(await network.posts()).toEqual(before)
  })
}
