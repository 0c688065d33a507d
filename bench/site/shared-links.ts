/** Links as they are shared: the same few addresses, each time with another parameter of a tracker. */
import { Agent, get } from 'node:http'

export const LINKS = 20_000
const READERS = 32
const PATHS = ['/', '/reviews', '/movies', '/critics', '/feed.xml', '/api/reviews']

export async function sharedLinks(url: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: READERS })
  const headers = { 'accept-encoding': 'gzip, br' }
  let link = 0
  const readers = Array.from({ length: READERS }, async () => {
    while (link < LINKS) {
      const path = `${PATHS[link % PATHS.length]}?utm_source=${link++}`
      await new Promise<void>((resolve, reject) => {
        get(url + path, { agent, headers }, answer => {
          answer.resume().once('end', resolve)
        }).once('error', reject)
      })
    }
  })
  await Promise.all(readers)
  agent.destroy()
}
