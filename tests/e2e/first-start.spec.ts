/** The first start builds: problems that would stop the start are reported first, and the build's output is shown only if it fails. Here a stand-in builds, in its own tree. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../support/server'

const root = join(import.meta.dirname, '../..')
let tree: string
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'mymovies-tree-'))
  for (const path of ['bin', 'package.json', 'server/config', 'shared/schemas'])
    cpSync(join(root, path), join(tree, path), { recursive: true })
  for (const folder of ['nuxt/bin', 'node/bin'])
    mkdirSync(join(tree, 'node_modules', folder), { recursive: true })
  for (const name of ['zod', 'nodemailer'])
    symlinkSync(join(root, 'node_modules', name), join(tree, 'node_modules', name))
  symlinkSync(process.execPath, join(tree, 'node_modules/node/bin/node'))
  buildIs(`for (let i = 0; i < 400; i++) console.log('transformed', i)
    mkdirSync('.output/server', { recursive: true })
    writeFileSync('.output/server/index.mjs', 'console.log("the server, started with Node " + process.version); process.exitCode = 7')`)
})
afterEach(() => rmSync(tree, { recursive: true }))

const buildIs = (script: string) =>
  writeFileSync(
    join(tree, 'node_modules/nuxt/bin/nuxt.mjs'),
    `import { mkdirSync, writeFileSync } from 'node:fs'\n${script}\n`,
  )
const start = async (env: Record<string, string> = {}, ...options: string[]) => {
  const PORT = String(await freePort())
  return new Promise<{ code: unknown; output: string }>(resolve => {
    execFile(
      process.execPath,
      [...options, join(tree, 'bin/start.mjs')],
      { cwd: tree, env: { PATH: process.env.PATH, PORT, ...env } },
      (error, out, complaint) => resolve({ code: error?.code ?? 0, output: complaint + out }),
    )
  })
}
const SERVED = `the server, started with Node ${process.version}\n`

it('says that it is building and how long that takes, then serves; the second start serves at once', async () => {
  expect(await start()).toEqual({
    code: 7,
    output: expect.stringMatching(
      new RegExp(`^Building MyMovies\\..*about a minute.*\nBuilt in \\d+ s\\.\n${SERVED}$`),
    ),
  })
  expect(await start()).toEqual({ code: 7, output: SERVED })
})

it("shows the build's output if it fails", async () => {
  buildIs('console.log("page.vue: there is no such component"); process.exit(3)')
  expect(await start()).toEqual({
    code: 3,
    output: expect.stringMatching(
      /^Building MyMovies\..*\npage\.vue: there is no such component\n\nMyMovies cannot start: the build failed/,
    ),
  })
})

it('does not build if a setting is invalid', async () => {
  expect(await start({ NUXT_ROLE: 'boss' })).toEqual({
    code: 1,
    output: 'MyMovies cannot start: NUXT_ROLE must be all, web or worker.\n',
  })
})

it('does not build if the port is taken', async () => {
  const other = createServer().listen(0)
  onTestFinished(() => {
    other.close()
  })
  await new Promise(resolve => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  expect(await start({ PORT: String(port) })).toEqual({
    code: 1,
    output: `MyMovies cannot start: port ${port} is taken. Stop whatever listens there, or choose another port.\n`,
  })
})

it('restarts in its own Node if started with an older one, and exits with its code', async () => {
  await start()
  expect(
    await start(
      {},
      '--import',
      'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.0.0"});Object.defineProperty(process,"version",{value:"v20.0.0"})',
    ),
  ).toEqual({ code: 7, output: SERVED })
})
