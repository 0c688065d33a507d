/**
 * Open pages get every frame in order and once; pages that are too slow or too many are dropped.
 */
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Hub } from '../../server/live/hub'

const frame = (position: number, size = 0) => ({
  position,
  bytes: Buffer.from(`id: ${position}\ndata: ${'x'.repeat(size)}\n\n`),
})
const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(m => Number(m[1]))

let hub: Hub
let server: Server
let port: number
const taken: Socket[] = []
const callers: Socket[] = []
beforeEach(async () => {
  hub = new Hub({ perAddress: 3, total: 5 })
  server = createServer(socket => taken.push(socket))
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  port = (server.address() as { port: number }).port
})
afterEach(() => {
  hub.close()
  for (const socket of [...taken.splice(0), ...callers.splice(0)]) socket.destroy()
  server.close()
})

async function page({
  address = 'a',
  missed = [] as ReturnType<typeof frame>[],
  position = 0,
  deaf = false,
} = {}) {
  const before = taken.length
  const caller = connect(port, '127.0.0.1')
  callers.push(caller)
  await vi.waitFor(() => expect(taken.length).toBeGreaterThan(before))
  const seen = { text: '', caller, closed: false }
  caller
    .on('close', () => {
      seen.closed = true
    })
    .on('error', () => {})
  if (!deaf)
    caller.on('data', bytes => {
      seen.text += bytes
    })
  hub.join(taken[before]!, address, missed, position)
  return seen
}

it('sends every page the frames in order', async () => {
  const pages = [await page(), await page()]
  await Promise.all([1, 2, 3].map(n => hub.broadcast(frame(n))))
  for (const each of pages) await vi.waitFor(() => expect(idsIn(each.text)).toEqual([1, 2, 3]))
})

it('brings a late page up to date from its position, and sends nothing twice', async () => {
  await Promise.all([1, 2, 3].map(n => hub.broadcast(frame(n))))
  const late = await page({ position: 1 })
  const ahead = await page({ missed: [frame(4)], position: 4 })
  await hub.broadcast(frame(4))
  await hub.broadcast(frame(5))
  await vi.waitFor(() => expect(idsIn(late.text)).toEqual([2, 3, 4, 5]))
  await vi.waitFor(() => expect(idsIn(ahead.text)).toEqual([4, 5]))
})

it('knows what came after a position only as far back as the ring reaches', async () => {
  expect(hub.since(1)).toBeUndefined()
  for (let n = 5; n < 1010; n++) await hub.broadcast(frame(n))
  expect(hub.since(2)).toBeUndefined()
  expect(hub.since(1000)!.map(f => f.position)).toEqual([
    1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009,
  ])
})

it('drops a page that does not read, and the others go on', async () => {
  const deaf = await page({ deaf: true })
  const quick = await page({ address: 'b' })
  deaf.caller.pause()
  for (let n = 1; n <= 200; n++) {
    await hub.broadcast(frame(n, 100_000))
    await new Promise(setImmediate)
  }
  await vi.waitFor(() => expect(hub.size).toBe(1), { timeout: 5000 })
  await vi.waitFor(() => expect(idsIn(quick.text).at(-1)).toBe(200), { timeout: 5000 })
})

it('limits pages per address and in all; a page that leaves makes room', async () => {
  const first = [await page(), await page(), await page()]
  expect([hub.hasRoom('a'), hub.hasRoom('b')]).toEqual([false, true])
  await page({ address: 'b' })
  await page({ address: 'c' })
  expect(hub.hasRoom('d')).toBe(false)
  first[0]!.caller.destroy()
  await vi.waitFor(() => expect([hub.hasRoom('a'), hub.hasRoom('d')]).toEqual([true, true]))
})

it('ends every stream when it closes, and takes no new one', async () => {
  const open = await page()
  hub.close()
  await vi.waitFor(() => expect(open.closed).toBe(true))
  expect(hub.hasRoom('z')).toBe(false)
})

it('keeps no frame of an erased review', async () => {
  await hub.broadcast(frame(7))
  expect(hub.since(6)).toHaveLength(1)
  hub.forget()
  expect(hub.since(6)).toBeUndefined()
  await hub.broadcast(frame(9))
  expect(hub.since(6)).toBeUndefined()
  expect(hub.since(8)!.map(f => f.position)).toEqual([9])
})
