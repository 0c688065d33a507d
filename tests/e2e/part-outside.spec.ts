/** The two example listeners beside a real server: whichever side dies, every event is in the file once, in order; what is no stream of notices harms nothing. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { makeOwner } from '../support/account'
import { publish } from '../support/publish'
import { startServer } from '../support/server'

const SOON = { timeout: 30_000, interval: 50 }, examples = join(import.meta.dirname, '../../examples/part')
const python = ['/usr/bin/python3', '/usr/local/bin/python3'].find(existsSync)
let running: ChildProcess[] = []
afterEach(async () => { await Promise.all(running.map(end)); running = [] })

function start(command: string, script: string, url: string, file: string) {
  const child = spawn(command, [join(examples, script), url, file], { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH } })
  running.push(child)
  return child
}
const end = (child: ChildProcess) => new Promise<void>((resolve) => {
  if (child.exitCode !== null || child.signalCode !== null) return resolve()
  child.once('exit', () => resolve())
  child.kill('SIGKILL')
})
function folder() {
  const made = mkdtempSync(join(tmpdir(), 'mymovies-part-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}
const kept = (file: string): string[] => existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1).map(line => JSON.parse(line).id) : []

describe.each([['Node', process.execPath, 'listener.mjs'], ...python ? [['Python', python, 'listener.py'] as const] : []] as const)('the listener in %s', (_, command, script) => {
  it('has every event once, in order, whichever side is killed', async () => {
    const here = folder(), file = join(here, 'events.ndjson'), dataDir = join(here, 'data')
    const told: string[] = []
    let server = await startServer({ dataDir })
    const owner = await makeOwner(server.url), more = async (count: number) => { for (let n = 0; n < count; n++) told.push((await publish(owner)).event.id) }
    await more(3)
    let listener = start(command, script, server.url, file)
    await expect.poll(() => kept(file), SOON).toEqual(told)
    for (let n = 0; n < 3; n++) {
      const publishing = more(6)
      await expect.poll(() => kept(file).length, SOON).toBeGreaterThan(told.length - 6)
      await end(listener)
      listener = start(command, script, server.url, file)
      await publishing
      await server.kill()
      server = await startServer({ dataDir, port: server.port })
      await more(1)
      await expect.poll(() => kept(file), SOON).toEqual(told)
    }
    await server.kill()
  }, 120_000)

  it('goes on after an error, HTML, garbage, a reset, half a message and a repeat', async () => {
    const file = join(folder(), 'events.ndjson'), asked: number[] = []
    const notice = (n: number) => `id: ${n}\nevent: com.mymovies.review.published.v1\ndata: ${JSON.stringify({ id: `e${n}`, sequence: String(n).padStart(8, '0'), subject: 'r' })}\n\n`
    const stream = (text: string, then: (answer: ServerResponse) => void = answer => answer.end()) => (answer: ServerResponse) => { answer.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }); answer.write(text, () => then(answer)) }
    const turns: ((answer: ServerResponse) => void)[] = [
      answer => answer.writeHead(410).end('gone'), answer => answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello'), answer => answer.destroy(),
      stream(`retry: 1000\n\n:\n\n${notice(1)}event: reset\n\nid: 2\ndata: {"id":`, answer => answer.destroy()), stream('id: 2\ndata: not JSON\n\n'), stream(`${notice(2)}id: none\ndata: {}\n\n`), stream(`${notice(1)}${notice(2)}${notice(3)}`, () => {}),
    ]
    const far = createServer((request, answer) => { asked.push(Number(new URL(request.url!, 'http://far').searchParams.get('after'))); (turns.shift() ?? stream('', () => {}))(answer) }).listen(0, '127.0.0.1')
    onTestFinished(() => { far.closeAllConnections(); far.close() })
    await new Promise(resolve => far.once('listening', resolve))
    start(command, script, `http://127.0.0.1:${(far.address() as AddressInfo).port}`, file)
    await expect.poll(() => kept(file), SOON).toEqual(['e1', 'e2', 'e3'])
    expect(asked).toEqual([0, 0, 0, 0, 1, 1, 2])
  })

  it('adds no line twice and leaves no half line when it died between the line and the cursor', async () => {
    const here = folder(), file = join(here, 'events.ndjson'), server = await startServer({ dataDir: join(here, 'data') }), told: string[] = []
    const owner = await makeOwner(server.url)
    for (let n = 0; n < 3; n++) told.push((await publish(owner)).event.id)
    const first = start(command, script, server.url, file)
    await expect.poll(() => [kept(file), existsSync(`${file}.cursor`) && readFileSync(`${file}.cursor`, 'utf8')], SOON).toEqual([told, String(3 * 2)])
    await end(first)
    const { appendFileSync, writeFileSync } = await import('node:fs')
    writeFileSync(`${file}.cursor`, '2')
    appendFileSync(file, '{"id":"half')
    start(command, script, server.url, file)
    told.push((await publish(owner)).event.id)
    await expect.poll(() => kept(file), SOON).toEqual(told)
    await server.kill()
  })
})
