/** The two example listeners with a real server: whichever side dies, every event is in the file once, in order; anything but a stream of notices does no harm. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { makeOwner } from '../support/account'
import { publish } from '../support/publish'
import { freePort, startServer } from '../support/server'

const SOON = { timeout: 30_000, interval: 50 }
const examples = join(import.meta.dirname, '../../examples/part')
const python = ['/usr/bin/python3', '/usr/local/bin/python3'].find(existsSync)
let running: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(running.map(end))
  running = []
})

/** `mostKb`: the kernel limits its files to that size, like a full disk. */
function start(command: string, script: string, url: string, file: string, mostKb?: number) {
  const call = [command, join(examples, script), url, file]
  const [first, ...rest] =
    mostKb === undefined ? call : ['bash', '-c', `ulimit -f ${mostKb}; exec "$@"`, 'bash', ...call]
  const child = spawn(first!, rest, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH },
  })
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', text => {
    said += text
  })
  running.push(child)
  return Object.assign(child, { said: () => said })
}
const end = (child: ChildProcess) =>
  new Promise<void>(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
function folder() {
  const made = mkdtempSync(join(tmpdir(), 'mymovies-part-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}
const notice = (n: number, more: object = {}) =>
  `id: ${n}\nevent: com.mymovies.review.published.v1\ndata: ${JSON.stringify({ id: `e${n}`, sequence: String(n).padStart(8, '0'), subject: 'r', ...more })}\n\n`
const stream =
  (text: string, then: (answer: ServerResponse) => void = answer => answer.end()) =>
  (answer: ServerResponse) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    answer.write(text, () => then(answer))
  }
/** A site that gives these answers in turn, then a stream that stays empty. `asked` are the requested positions. */
async function farSite(...turns: ((answer: ServerResponse) => void)[]) {
  const asked: number[] = []
  const far = createServer((request, answer) => {
    asked.push(Number(new URL(request.url!, 'http://far').searchParams.get('after')))
    ;(turns.shift() ?? stream('', () => {}))(answer)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    far.closeAllConnections()
    far.close()
  })
  await new Promise(resolve => far.once('listening', resolve))
  return { url: `http://127.0.0.1:${(far.address() as AddressInfo).port}`, asked }
}
const kept = (file: string): string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line).id)
    : []

describe.each([
  ['Node', process.execPath, 'listener.mjs'],
  ...(python ? [['Python', python, 'listener.py'] as const] : []),
] as const)('the listener in %s', (_, command, script) => {
  it('has every event once, in order, whichever side is killed', async () => {
    const here = folder()
    const file = join(here, 'events.ndjson')
    const dataDir = join(here, 'data')
    const told: string[] = []
    let server = await startServer({ dataDir })
    const owner = await makeOwner(server.url)
    const more = async (count: number) => {
      for (let n = 0; n < count; n++) told.push((await publish(owner)).event.id)
    }
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

  it('continues after an error, HTML, garbage, a reset, half a message and a repeat', async () => {
    const file = join(folder(), 'events.ndjson')
    const far = await farSite(
      answer => answer.writeHead(410).end('gone'),
      answer => answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello'),
      answer => answer.destroy(),
      stream(`retry: 1000\n\n:\n\n${notice(1)}event: reset\n\nid: 2\ndata: {"id":`, answer =>
        answer.destroy(),
      ),
      stream('id: 2\ndata: not JSON\n\n'),
      stream(`${notice(2)}id: none\ndata: {}\n\n`),
      stream(`${notice(1)}${notice(2)}${notice(3)}`, () => {}),
    )
    start(command, script, far.url, file)
    await expect.poll(() => kept(file), SOON).toEqual(['e1', 'e2', 'e3'])
    expect(far.asked).toEqual([0, 0, 0, 0, 1, 1, 2])
  })

  it('adds no line twice and leaves no incomplete line if it died between line and cursor', async () => {
    const here = folder()
    const file = join(here, 'events.ndjson')
    const server = await startServer({ dataDir: join(here, 'data') })
    const told: string[] = []
    const owner = await makeOwner(server.url)
    for (let n = 0; n < 3; n++) told.push((await publish(owner)).event.id)
    const first = start(command, script, server.url, file)
    await expect
      .poll(
        () => [kept(file), existsSync(`${file}.cursor`) && readFileSync(`${file}.cursor`, 'utf8')],
        SOON,
      )
      .toEqual([told, String(3 * 2)])
    await end(first)
    writeFileSync(`${file}.cursor`, '2')
    appendFileSync(file, '{"id":"half')
    start(command, script, server.url, file)
    told.push((await publish(owner)).event.id)
    await expect.poll(() => kept(file), SOON).toEqual(told)
    await server.kill()
  })

  it('stops and says why if the log ends before its position, as after restoring an older backup', async () => {
    const here = folder()
    const file = join(here, 'events.ndjson')
    const server = await startServer({ dataDir: join(here, 'data') })
    onTestFinished(() => server.kill().then(() => {}))
    const { event } = await publish(await makeOwner(server.url))
    writeFileSync(`${file}.cursor`, '999')
    const child = start(command, script, server.url, file)
    await expect.poll(() => child.exitCode, SOON).toBe(1)
    expect(child.said()).toMatch(
      new RegExp(
        `^${server.url} refuses this position: .*position 999, but the log ends at ${event.position}: .*docs/operations.md.*\n$`,
      ),
    )
    writeFileSync(`${file}.cursor`, '0')
    start(command, script, server.url, file)
    await expect.poll(() => kept(file), SOON).toEqual([event.id])
  })

  it('keeps all complete lines at startup, and leaves no incomplete line when the disk is full', async () => {
    const file = join(folder(), 'events.ndjson')
    const told = Array.from({ length: 400 }, (_, n) => `e${n + 1}`)
    const fill = { title: 'x'.repeat(300) }
    const lines = told
      .map((id, n) => `${JSON.stringify({ id, sequence: String(n + 1), ...fill })}\n`)
      .join('')
    const fullKb = Math.ceil(lines.length / 1024)
    const keep = () => {
      writeFileSync(file, lines)
      writeFileSync(`${file}.cursor`, '400')
    }
    keep()
    const idle = await farSite()
    const busy = await farSite(
      ...Array.from({ length: 2 }, () =>
        stream([401, 402, 403, 404].map(n => notice(n, fill)).join('')),
      ),
    )
    const first = start(command, script, idle.url, file, 8)
    await expect
      .poll(
        () => idle.asked.length + Number(first.exitCode !== null || first.signalCode !== null),
        SOON,
      )
      .toBeGreaterThan(0)
    expect(readFileSync(file, 'utf8') === lines).toBe(true)
    await end(first)
    keep()
    const second = start(command, script, busy.url, file, fullKb)
    await expect
      .poll(
        () => busy.asked.length > 1 || second.exitCode !== null || second.signalCode !== null,
        SOON,
      )
      .toBe(true)
    await end(second)
    const roomy = await farSite(
      stream([401, 402, 403, 404].map(n => notice(n, fill)).join(''), () => {}),
    )
    start(command, script, roomy.url, file)
    await expect.poll(() => kept(file), SOON).toEqual([...told, 'e401', 'e402', 'e403', 'e404'])
  })

  it('keeps a text with any character, even half a surrogate pair, on one line', async () => {
    const file = join(folder(), 'events.ndjson')
    const text = 'Vienna\u2028by\u0085night \uD800, Fünf'
    const told = [notice(1, { text }), notice(2, { text }), notice(3)].join('')
    const far = await farSite(
      stream(told),
      stream(told, () => {}),
    )
    const first = start(command, script, far.url, file)
    await expect.poll(() => kept(file), SOON).toEqual(['e1', 'e2', 'e3'])
    await end(first)
    writeFileSync(`${file}.cursor`, '1')
    start(command, script, far.url, file)
    await expect.poll(() => readFileSync(`${file}.cursor`, 'utf8'), SOON).toBe('3')
    expect(kept(file)).toEqual(['e1', 'e2', 'e3'])
    expect(JSON.parse(readFileSync(file, 'utf8').split('\n')[0]!).text).toBe(text)
  })

  it.each([
    [[]],
    [['http://localhost:3000']],
    [['localhost:3000', 'events.ndjson']],
    [['http://localhost:3000', 'events.ndjson', 'more']],
  ])('called with %j says how it is called', words => {
    const { status, stderr } = spawnSync(command, [join(examples, script), ...words], {
      encoding: 'utf8',
      cwd: folder(),
      timeout: 10_000,
    })
    expect([status, stderr.split('\n')]).toEqual([
      2,
      [expect.stringMatching(/^usage: .*SITE FILE/), ''],
    ])
  })

  it('names the site that does not answer, and says that it will try again', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const child = start(command, script, url, join(folder(), 'events.ndjson'))
    await expect
      .poll(child.said, SOON)
      .toMatch(
        new RegExp(`${url}: .*refused.*; trying again in \\d\\.\\d s, from position 0\n`, 'i'),
      )
  })
})
