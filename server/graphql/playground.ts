/** A page to try queries on, in development only: it loads its scripts from another site. */
import { type H3Event, removeResponseHeader } from 'h3'
import type { Engine } from './engine'
import { ENGINE_ADDRESS } from './execute'

export async function playground(event: H3Event, engine: Engine): Promise<string> {
  const headers = { accept: 'text/html' }
  const page = await engine.fetch(
    ENGINE_ADDRESS,
    { headers },
    { exchange: { media: 'application/json' } },
  )
  removeResponseHeader(event, 'content-security-policy')
  return page.text()
}
