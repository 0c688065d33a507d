/** The connection to /live: it passes on events with their positions, and reconnects by itself. */
import { beforeEach, expect, it, vi } from 'vitest'
import { connect, type LiveEvent } from '../../browser/connection'

class FakeSource extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 2
  static all: FakeSource[] = []
  readyState = 0
  onerror?: () => void
  constructor(readonly url: string) {
    super()
    FakeSource.all.push(this)
  }
  close() {
    this.readyState = 2
  }
  beat(lastEventId: string) {
    this.readyState = 1
    this.send('beat', lastEventId)
  }
  fail(readyState: number) {
    this.readyState = readyState
    this.onerror!()
  }
  send(type: string, lastEventId: string, data = '{}') {
    this.dispatchEvent(Object.assign(new Event(type), { lastEventId, data }))
  }
}
const newest = () => FakeSource.all.at(-1)!

let heard: LiveEvent[]
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeSource)
  FakeSource.all = []
  heard = []
})
const open = () => connect(event => heard.push(event))

it('asks for what comes after a position, and passes each event on with its own position', () => {
  open().ask(12)
  expect(newest().url).toBe('/live?lastEventId=12')
  newest().beat('12')
  newest().send('review.published', '13', '{"id":"r1"}')
  expect(heard).toEqual([
    { type: 'open', id: 12 },
    { type: 'review.published', id: 13, data: '{"id":"r1"}' },
  ])
})

it('asks again for a page that is further behind, not for one that is further ahead', () => {
  const connection = open()
  connection.ask(12)
  connection.ask(15)
  expect(FakeSource.all).toHaveLength(1)
  connection.ask(5)
  expect(newest().url).toBe('/live?lastEventId=5')
  expect(FakeSource.all[0]!.readyState).toBe(FakeSource.CLOSED)
})

it('leaves it to the browser to reconnect after an interruption', () => {
  open().ask(12)
  newest().fail(FakeSource.CONNECTING)
  vi.advanceTimersByTime(30_000)
  expect(heard).toEqual([{ type: 'lost', id: 12 }])
  expect(FakeSource.all).toHaveLength(1)
})

it('reconnects from where it was when it was refused', () => {
  open().ask(12)
  newest().send('review.fixed', '20')
  newest().fail(FakeSource.CLOSED)
  vi.advanceTimersByTime(10_000)
  expect(newest().url).toBe('/live?lastEventId=20')
  expect(FakeSource.all).toHaveLength(2)
})

it('does not reconnect once it is closed', () => {
  const connection = open()
  connection.ask(12)
  newest().fail(FakeSource.CLOSED)
  connection.close()
  vi.advanceTimersByTime(60_000)
  expect(FakeSource.all).toHaveLength(1)
})

it('does not trust a connection that a sleeping phone held', () => {
  const connection = open()
  connection.ask(12)
  newest().beat('12')
  newest().send('review.fixed', '20')
  connection.wake(12)
  expect(newest().url).toBe('/live?lastEventId=12')
  expect(FakeSource.all).toHaveLength(2)
})

it('is live from the first heartbeat on, and says so once', () => {
  open().ask(12)
  expect(heard).toEqual([])
  newest().beat('12')
  newest().beat('12')
  expect(heard).toEqual([{ type: 'open', id: 12 }])
})

it('is lost when three heartbeats are missing, and reconnects from where it was', () => {
  open().ask(12)
  newest().beat('12')
  newest().send('review.published', '13')
  vi.advanceTimersByTime(44_000)
  expect(heard.at(-1)!.type).toBe('review.published')
  vi.advanceTimersByTime(2000)
  expect(heard.at(-1)).toEqual({ type: 'lost', id: 13 })
  expect(newest().url).toBe('/live?lastEventId=13')
  expect(FakeSource.all).toHaveLength(2)
  newest().beat('13')
  expect(heard.at(-1)).toEqual({ type: 'open', id: 13 })
})

it('stays live while heartbeats come, and remembers their position', () => {
  open().ask(12)
  for (const position of ['12', '12', '15', '15']) {
    newest().beat(position)
    vi.advanceTimersByTime(40_000)
  }
  vi.advanceTimersByTime(10_000)
  expect(heard.map(({ type }) => type)).toEqual(['open', 'lost'])
  expect(newest().url).toBe('/live?lastEventId=15')
})

it('gives up on a connection that never says anything', () => {
  open().ask(12)
  vi.advanceTimersByTime(46_000)
  expect(heard).toEqual([{ type: 'lost', id: 12 }])
  expect(FakeSource.all).toHaveLength(2)
})

it('does not watch a connection that it closed', () => {
  const connection = open()
  connection.ask(12)
  connection.close()
  vi.advanceTimersByTime(200_000)
  expect(heard).toEqual([])
})
