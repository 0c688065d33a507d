/** The Bluesky server in its own process, started from the folder where it is installed. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { answerCalls } from './far-process.ts'

const { workspace } = JSON.parse(process.argv[2]!) as { workspace: string }
const { startPds } = (await import(pathToFileURL(join(workspace, 'start.mjs')).href)) as {
  startPds: () => Promise<{ url: string; adminPassword: string; close: () => Promise<void> }>
}
const pds = await startPds()
answerCalls({ close: () => pds.close() }, { url: pds.url, adminPassword: pds.adminPassword })
