/** Starts one real Chromium for all tests in a file; every test makes its own context in it. */
import { type Browser, chromium } from 'playwright'
import { afterAll } from 'vitest'
import { installedChromium } from '../../bin/chromium.mjs'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let launched: Promise<Browser> | undefined

/** Closed after the last test of the file that uses it. */
export const browser = (): Promise<Browser> =>
  (launched ??= chromium.launch({ executablePath: installedChromium(), args: FLAGS }))

afterAll(async () => {
  await (await launched)?.close()
  launched = undefined
})
