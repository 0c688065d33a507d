/** Starts a Bluesky server (PDS) and the directory of identities that it needs (PLC), both in memory or a folder that is thrown away. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import plc from '@did-plc/server'

process.env.LOG_ENABLED = 'false'
process.env.OTEL_SDK_DISABLED = 'true'
const { envToCfg, envToSecrets, PDS } = await import('@atproto/pds')

export async function startPds() {
  const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: 0 })
  const identities = await directory.start()
  const folder = mkdtempSync(join(tmpdir(), 'mymovies-pds-'))
  const adminPassword = randomBytes(12).toString('hex')
  const port = await freePort()
  const env = {
    port,
    hostname: 'localhost',
    devMode: true,
    dataDirectory: folder,
    blobstoreDiskLocation: join(folder, 'blobs'),
    didPlcUrl: `http://localhost:${identities.address().port}`,
    inviteRequired: false,
    enableDidDocWithSession: true,
    rateLimitsEnabled: true,
    disableSsrfProtection: true,
    crawlers: [],
    jwtSecret: randomBytes(16).toString('hex'),
    adminPassword,
    plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
  }
  const pds = await PDS.create(envToCfg(env), envToSecrets(env))
  await pds.start()
  return {
    url: `http://localhost:${port}`,
    adminPassword,
    async close() {
      await pds.destroy()
      await directory.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The server's own address is part of what it writes, so it cannot choose a port by itself. */
async function freePort() {
  const probe = createServer().listen(0)
  await new Promise(resolve => probe.once('listening', resolve))
  const { port } = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return port
}
