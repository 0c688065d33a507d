/**
 * The open pages: each holds one socket, and each event is encoded once and written to all of them.
 * A page that is too slow is dropped, and resumes from the log.
 */
import type { Socket } from 'node:net'
import { beatFrame, type Frame } from './frame'

const AT_ONCE = 64
const MOST_QUEUED = 256 * 1024
const RING = 1000
const BEAT_MS = 15_000
const LIFE_MS = 600_000
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  connection: 'close',
}
const HEAD = `HTTP/1.1 200 OK\r\n${Object.entries(STREAM_HEADERS)
  .map(header => `${header.join(': ')}\r\n`)
  .join('')}\r\n`

/** `position`: the last event that this page was sent, or was built from. */
interface Page {
  socket: Socket
  address: string
  position: number
  until: number
}

export class Hub {
  private pages = new Set<Page>()
  private perAddress = new Map<string, number>()
  /** `reached`: how many open pages the frame was written to. */
  private ring: (Frame & { reached: number })[] = []
  /** Events up to here have been broadcast. */
  position = 0
  private spreading: Promise<void> = Promise.resolve()
  private beat = setInterval(() => {
    this.spreading = this.spreading.then(() => this.beatToAll())
  }, BEAT_MS).unref()

  constructor(private caps: { perAddress: number; total: number }) {}

  get size() {
    return this.pages.size
  }

  /** False when this address, or the whole site, has reached its limit of open pages. */
  hasRoom = (address: string) =>
    this.pages.size < this.caps.total && (this.perAddress.get(address) ?? 0) < this.caps.perAddress

  /**
   * Takes over a socket. `missed` are the frames that the page lacks up to `position`; later frames
   * in the ring follow at once.
   */
  join(socket: Socket, address: string, missed: Frame[], position: number) {
    const page: Page = {
      socket,
      address,
      position,
      until: Date.now() + LIFE_MS * (0.9 + Math.random() / 5),
    }
    socket.setNoDelay(true)
    socket.setTimeout(0)
    const late = this.ring.filter(f => f.position > position)
    socket.write(
      Buffer.concat([
        Buffer.from(`${HEAD}retry: ${1000 + Math.floor(Math.random() * 3000)}\n\n`),
        ...missed.map(f => f.bytes),
        ...late.map(f => f.bytes),
      ]),
    )
    page.position = Math.max(position, late.at(-1)?.position ?? 0)
    this.pages.add(page)
    this.perAddress.set(address, (this.perAddress.get(address) ?? 0) + 1)
    socket.once('close', () => this.leave(page))
    socket.on('error', () => socket.destroy())
    socket.resume()
  }

  /** Keeps no frame any more: pages that come back read the log, which says what may still be shown. */
  forget() {
    this.ring = []
  }

  /** The frames after a position, or undefined when the ring does not reach back that far. */
  since(position: number): Frame[] | undefined {
    return this.ring.length && this.ring[0]!.position <= position + 1
      ? this.ring.filter(f => f.position > position)
      : undefined
  }

  /**
   * How many open pages an event was written to; undefined when this process does not remember (an
   * old event, a restart).
   */
  reachedBy = (position: number) => this.ring.find(f => f.position === position)?.reached

  /** Resolves once the frame has been written to every socket; frames keep their order. */
  broadcast(frame: Frame): Promise<void> {
    const sent = { ...frame, reached: 0 }
    this.ring.push(sent)
    if (this.ring.length > RING) this.ring.shift()
    this.position = frame.position
    return (this.spreading = this.spreading.then(() =>
      this.toAll(page => {
        if (page.position >= frame.position) return
        page.position = frame.position
        sent.reached++
        this.write(page, frame.bytes)
      }),
    ))
  }

  /** Ends every stream; the pages reconnect to whichever process listens then. */
  close() {
    clearInterval(this.beat)
    this.caps = { perAddress: 0, total: 0 }
    for (const { socket } of this.pages) socket.destroySoon()
  }

  /** In slices, so that answers under way never wait for ten thousand sockets. */
  private async toAll(each: (page: Page) => void) {
    let n = 0
    for (const page of this.pages) {
      if (n++ % AT_ONCE === 0) await new Promise(setImmediate)
      each(page)
    }
  }

  /** Most pages are at the same position, so that they share a frame. */
  private beatToAll() {
    let beat = beatFrame(this.position)
    return this.toAll(page => {
      if (page.until < Date.now()) return page.socket.destroySoon()
      if (page.position !== beat.position) beat = beatFrame(page.position)
      this.write(page, beat.bytes)
    })
  }

  private write({ socket }: Page, bytes: Buffer) {
    if (socket.writableLength > MOST_QUEUED) socket.destroy()
    else socket.write(bytes)
  }

  private leave(page: Page) {
    if (!this.pages.delete(page)) return
    const left = this.perAddress.get(page.address)! - 1
    if (left) this.perAddress.set(page.address, left)
    else this.perAddress.delete(page.address)
  }
}
