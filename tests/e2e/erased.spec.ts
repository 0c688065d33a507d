/** After "Erase everything about me" the address stands in no file of the data folder, and in no later backup. */
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { caller, makeOwner } from '../support/account'
import { letterTo, tokenIn } from '../support/letters'
import { mymovies } from '../support/mymovies'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
const backups = mkdtempSync(join(tmpdir(), 'mymovies-erased-'))
beforeAll(async () => {
  server = await startServer()
  await publish(await makeOwner(server.url), { movie: { title: 'M', year: 1931, genres: [] } })
})
afterAll(async () => {
  await server?.kill()
  rmSync(backups, { recursive: true })
})

/** The files below a folder that hold a text, in whatever capitals. */
const filesWith = (text: string, folder: string) =>
  globSync('**/*', { cwd: folder }).filter(name => {
    const file = join(folder, name)
    return statSync(file).isFile() && readFileSync(file, 'latin1').toLowerCase().includes(text)
  })

/** Subscribes, confirms, and returns the manage token. */
async function subscribed(email: string): Promise<string> {
  const stranger = caller(server.url)
  await stranger('/api/subscriptions/email', { body: { email } })
  const token = tokenIn(await letterTo(server.dataDir, email), 'confirm')
  return (await stranger('/api/subscriptions/email/confirm', { body: { token } })).body.manageToken
}

const ERASE: [string, (token: string) => Promise<{ status: number }>][] = [
  [
    'the API',
    token =>
      caller(server.url, { authorization: `Bearer ${token}` })('/api/subscriptions/email/me', {
        method: 'DELETE',
      }),
  ],
  [
    'the page',
    token =>
      fetch(`${server.url}/subscribe/manage`, {
        method: 'POST',
        body: new URLSearchParams({ token, erase: 'yes', frequency: 'instant' }),
      }),
  ],
]

it.each(ERASE)('erased by %s', async (by, erase) => {
  const address = `${by.toLowerCase().replace(' ', '-')}-erases@example.org`
  const token = await subscribed(address)
  expect(filesWith(address, server.dataDir)).not.toEqual([])
  expect((await erase(token)).status).toBeLessThan(300)
  expect(filesWith(address, server.dataDir)).toEqual([])
  const copy = join(backups, by)
  expect((await mymovies(server.dataDir, 'backup', copy)).code).toBe(0)
  expect(filesWith(address, copy)).toEqual([])
})
