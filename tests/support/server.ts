/**
 * Runs the built server as its operator would: in its own process, with its own port and data
 * folder.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const SETUP_TOKEN = 'setup-token-of-the-tests'
const built = join(import.meta.dirname, '../../.output')

export interface StartOptions {
  env?: Record<string, string>
  /**
   * If given, it is kept when the server stops, so that another can start on it; otherwise it is
   * new and removed at the end.
   */
  dataDir?: string
  port?: number
  /** A build other than this tree's. */
  output?: string
  /** False: returns as soon as the process runs, for servers that must not become ready. */
  wait?: boolean
}
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
  ms: number
}
export type TestServer = Awaited<ReturnType<typeof startServer>>

/**
 * Starts a server and waits until it is ready. Throws with what it printed if it is not within 30
 * s.
 */
export async function startServer({
  env = {},
  dataDir,
  port,
  output: build = built,
  wait = true,
}: StartOptions = {}) {
  const entry = join(build, 'server/index.mjs')
  if (!existsSync(entry)) throw new Error('there is no build: npm run build')
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'mymovies-e2e-'))
  port ??= await freePort()
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [entry], {
    env: {
      PATH: process.env.PATH,
      TZ: process.env.TZ ?? 'UTC',
      PORT: String(port),
      NUXT_DATA_DIR: folder,
      NUXT_SETUP_TOKEN: SETUP_TOKEN,
      NUXT_SEED: 'false',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  const exited = new Promise<Omit<Exit, 'ms'>>(resolve =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  )
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    const asked = performance.now()
    child.kill(signal)
    const exit = await exited
    process.off('exit', endWithUs)
    if (!dataDir) rmSync(folder, { recursive: true, force: true })
    return { ...exit, ms: performance.now() - asked }
  }
  const server = {
    url,
    port,
    dataDir: folder,
    pid: child.pid!,
    exited,
    stop,
    kill: () => stop('SIGKILL'),
    output: () => output,
  }
  if (!wait) return server

  const late = AbortSignal.timeout(30_000)
  while (!(await isReady(url))) {
    const dead = child.exitCode !== null || child.signalCode !== null
    if (!dead && !late.aborted) {
      await new Promise(resolve => setTimeout(resolve, 50))
      continue
    }
    await server.kill()
    throw new Error(`the server ${dead ? 'ended' : 'is not ready after 30 s'}:\n${output}`)
  }
  return server
}

const isReady = (url: string) =>
  fetch(`${url}/ready`).then(
    answer => answer.ok,
    () => false,
  )

/** A port that nobody is listening on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await new Promise(resolve => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}
