/**
 * Secrets that nobody should have to set: made on first use, kept in the data folder, readable only
 * by its owner.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from './private-folder'
import { settings } from './settings'

/** 32 random bytes under this name, the same for as long as the data folder exists. */
export function useSecret(name: string): Buffer {
  const secret =
    known.get(name) ?? keptSecret(join(settings().dataDir, 'secrets'), name, () => randomBytes(32))
  known.set(name, secret)
  return secret
}

const known = new Map<string, Buffer>()

/** What `create` returned the first time this name was used, by whichever process came first. */
export function keptSecret(folder: string, name: string, create: () => Buffer): Buffer {
  const file = join(folder, name)
  return readIfThere(file) ?? keepFirst(file, folder, create())
}

/**
 * Written completely under another name and then linked: no process ever reads half a secret, and
 * only the first link succeeds.
 */
function keepFirst(file: string, folder: string, secret: Buffer): Buffer {
  makePrivateFolder(folder)
  const whole = `${file}.${randomBytes(6).toString('hex')}`
  const handle = openSync(whole, 'wx', 0o600)
  writeSync(handle, secret)
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(whole, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(whole)
  }
  return readFileSync(file)
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
