/** The built server as a process: how it starts, answers, refuses to start and stops. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { tamper } from '../log/support'
import { browser } from '../support/browser'
import { freePort, type StartOptions, startServer, type TestServer } from '../support/server'

/** The files in the folder are the list of parts. */
const parts = readdirSync(join(import.meta.dirname, '../../server/reactors'))
  .map(file => basename(file, '.ts'))
  .sort()

const running: TestServer[] = []
afterEach(() => Promise.all(running.splice(0).map(server => server.kill())))
async function start(options?: StartOptions) {
  const server = await startServer(options)
  running.push(server)
  return server
}

it('serves, reports its health, and reveals nothing else', async () => {
  const { url, output } = await start()
  expect(await fetch(`${url}/health`).then(answer => answer.json())).toEqual({ status: 'up' })
  expect(await fetch(`${url}/ready`).then(answer => answer.json())).toEqual({ status: 'ready' })
  const home = await fetch(url)
  expect([home.status, home.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ])
  expect(output()).toContain(`MyMovies is at ${url}`)
})

it('shows its front page to a browser', async () => {
  const { url } = await start()
  const page = await (await browser()).newPage()
  await page.goto(url)
  await expect.poll(() => page.textContent('main')).toContain('Latest reviews')
  await page.close()
})

it('redirects an address with several leading slashes to the one with one, and logs nothing', async () => {
  const { port, output, stop } = await start()
  for (const path of ['//evil', '///evil', '/\\evil?x=//y', '//', '//api//reviews']) {
    const told = await new Promise(resolve =>
      request({ port, path, headers: { accept: 'text/html' } }, answer =>
        resolve([answer.statusCode, answer.headers.location]),
      ).end(),
    )
    expect(told).toEqual([308, path.replace(/^[/\\]+/, '/')])
  }
  await stop()
  expect(output()).not.toMatch(/router|slashes/i)
})

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it at once with code 0, kept-alive connections or not',
  async signal => {
    const { url, stop } = await start()
    await fetch(url)
    const { code, ms } = await stop(signal)
    expect(code).toBe(0)
    expect(ms).toBeLessThan(1500)
  },
)

it('cuts a request that never ends, in less than 5 s', async () => {
  const { port, stop } = await start()
  const slow = createConnection(port, 'localhost').on('error', () => {})
  slow.write(
    'POST /api/reviews HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\nexpect: 100-continue\r\n\r\n',
  )
  await new Promise(resolve => slow.once('data', resolve)) // "100 Continue": the server waits for the body
  slow.write('123')
  const { code, ms } = await stop()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(5000)
})

it('opens its data folder again after being killed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-kept-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  await (await start({ dataDir })).kill()
  const { url } = await start({ dataDir })
  expect((await fetch(`${url}/ready`)).status).toBe(200)
})

it.each([
  ['one that holds what a build leaves there', 'content', '700'],
  ['one that a server has run on', 'log.sqlite', '700'],
  ['not one that holds the files of others', 'thesis.odt', '755'],
])('closes its data folder to everybody else: %s', async (_, name, mode) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-kept-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  writeFileSync(join(dataDir, name), '')
  chmodSync(dataDir, 0o755)
  await start({ dataDir })
  expect((statSync(dataDir).mode & 0o777).toString(8)).toBe(mode)
})

describe('exits with one clear line', () => {
  async function failToStart(options: StartOptions) {
    const server = await startServer({ ...options, wait: false })
    running.push(server)
    return { ...(await server.exited), output: server.output() }
  }

  it('if its port is taken', async () => {
    const { port } = await start()
    expect(await failToStart({ port })).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        new RegExp(`^MyMovies cannot start: port ${port} is taken.*\n$`),
      ),
    })
  })

  it('if its log ends before what its parts have read, and writes nothing to it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-shortened-'))
    const log = join(dataDir, 'log.sqlite')
    onTestFinished(() => rmSync(dataDir, { recursive: true }))
    await (await start({ dataDir, env: { NUXT_SEED: 'true' } })).stop()
    tamper(log, 'DELETE FROM events; DELETE FROM checked')
    expect(await failToStart({ dataDir, env: { NUXT_SEED: 'true' } })).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /^MyMovies cannot start: .*The log ends at position 0, and the parts have read up to [1-9].*\n$/,
      ),
    })
    expect(
      new DatabaseSync(log, { readOnly: true }).prepare('SELECT count(*) AS n FROM events').get(),
    ).toEqual({ n: 0 })
  })

  it.each([
    [
      { NUXT_SMTP_URL: 'http://user:secret@host' },
      'NUXT_SMTP_URL must be a URL that starts with smtp:// or smtps://',
    ],
    [
      { NUXT_SMTP_URL: 'secret', NUXT_ROLE: 'secret' },
      'NUXT_ROLE must be all, web or worker; NUXT_SMTP_URL must be a URL that starts with smtp:// or smtps://',
    ],
    [
      { NUXT_REACTORS: 'push,secret' },
      `NUXT_REACTORS must be a comma list of parts: ${parts.join(', ')}`,
    ],
    [{ NUXT_X_LINK: 'secret' }, 'NUXT_X_LINK must be post, reply or none'],
    [
      { NUXT_X_API_KEY: 'secret' },
      'NUXT_X_API_SECRET, NUXT_X_ACCESS_TOKEN and NUXT_X_ACCESS_SECRET must be set too',
    ],
    [
      { NUXT_DATA_DIR: '/proc/mymovies' },
      'NUXT_DATA_DIR must be a folder that this user can create and write',
    ],
    [
      { NUXT_DATA_DIR: import.meta.filename },
      'NUXT_DATA_DIR must be a folder that this user can create and write',
    ],
  ])('when a setting cannot be meant, without repeating it: %o', async (env, says) => {
    expect(await failToStart({ env })).toMatchObject({
      code: 1,
      output: `MyMovies cannot start: ${says}.\n`,
    })
  })
})

it('does not listen for visitors as a worker', async () => {
  const door = await freePort()
  const { url } = await start({
    env: { NUXT_ROLE: 'worker', NUXT_HEALTH_PORT: String(door) },
    wait: false,
  })
  await expect
    .poll(
      () =>
        fetch(`http://localhost:${door}/ready`).then(
          answer => answer.status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(200)
  expect((await fetch(`http://localhost:${door}/`)).status).toBe(404)
  await expect(fetch(url)).rejects.toThrow()
})
