/** A flood is sealed on threads, and nothing depends on them. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BadKeys, Sealer } from '../../../server/channels/push/sealer'
import { makeSubscriberKeys, openSealed } from '../../support/push-subscriber'

const text = new TextEncoder().encode('hello')
const reader = makeSubscriberKeys()
const open = (body: Uint8Array) => openSealed(Buffer.from(body), reader).text
const opened: Sealer[] = []
const sealer = (...args: ConstructorParameters<typeof Sealer>) => {
  const made = new Sealer(...args)
  opened.push(made)
  return made
}
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

describe('sealing', () => {
  it('of a few starts no thread', async () => {
    const few = sealer()
    for (let i = 0; i < 100; i++) expect(open(await few.seal(text, reader))).toBe('hello')
    expect(few.running).toBe(0)
  })

  it('of a flood goes on while threads start, then runs on them, and mixes up no messages', async () => {
    const flood = sealer(10, 2)
    const bodies: Uint8Array[] = []
    await vi.waitFor(
      async () => {
        bodies.push(
          ...(await Promise.all(Array.from({ length: 40 }, () => flood.seal(text, reader)))),
        )
        expect(bodies.length).toBeGreaterThan(400)
      },
      { timeout: 5000, interval: 20 },
    )
    expect(flood.running).toBe(2)
    expect(bodies.map(open).every(one => one === 'hello')).toBe(true)
    expect(new Set(bodies.map(body => openSealed(Buffer.from(body), reader).senderKey)).size).toBe(
      bodies.length,
    )
    await flood.close()
    expect(flood.running).toBe(0)
    expect(open(await flood.seal(text, reader))).toBe('hello')
  })

  it('says which keys cannot be used, here and on a thread', async () => {
    const bad = { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: reader.auth }
    const both = sealer(5, 1)
    await expect(both.seal(text, bad)).rejects.toThrow(BadKeys)
    await vi.waitFor(async () => {
      await Promise.all(Array.from({ length: 10 }, () => both.seal(text, reader)))
      expect(both.running).toBe(1)
    })
    await expect(both.seal(text, bad)).rejects.toThrow(BadKeys)
    expect(open(await both.seal(text, reader))).toBe('hello')
  })

  it('goes on here if a thread cannot start or dies', async () => {
    const broken = sealer(1, 1, 'data:text/javascript,throw new Error("no")')
    await vi.waitFor(async () => {
      expect(open(await broken.seal(text, reader))).toBe('hello')
      expect(broken.running).toBe(0)
    })
    const falling = sealer(
      1,
      1,
      'data:text/javascript,import{parentPort}from"node:worker_threads";parentPort.on("message",()=>process.exit(1))',
    )
    expect(open(await falling.seal(text, reader))).toBe('hello')
    expect(falling.running).toBe(1)
    await vi.waitFor(async () => {
      expect(open(await falling.seal(text, reader))).toBe('hello')
      expect(falling.running).toBe(0)
    })
  })
})
