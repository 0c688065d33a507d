/**
 * Creates a draft: first its working copy, then its first event. A crash in between leaves a copy
 * that nobody sees; a repeat with the same key continues from it.
 */
import { createHash } from 'node:crypto'
import { type H3Event, setResponseHeader, setResponseStatus } from 'h3'
import type { Who } from '../access'
import { useApp } from '../db/open'
import { uuid7 } from '../kit/uuid7'
import { runCommand } from './review-commands'
import type { Changes } from './working-copy/content'
import { reserveSlug } from './working-copy/slugs'
import { startCopy } from './working-copy/working-copy'

/** Responds 201 with a Location header. */
export async function createDraft(
  event: H3Event,
  who: Who,
  fields: Changes,
  commandId: string | undefined,
) {
  const app = await useApp()
  const at = new Date()
  const id = commandId ? idOf(commandId) : uuid7(at.getTime())
  await startCopy(app, {
    reviewId: id,
    criticId: who.id,
    fields,
    now: at.getTime(),
    actor: who.name,
  })
  const slug = fields.title ? await reserveSlug(app, id, fields.title) : undefined
  await runCommand(
    id,
    who,
    () => ({
      type: 'DraftReview',
      data: { id, critic: { id: who.id, name: who.name } },
      now: at.toISOString(),
    }),
    { commandId },
  )
  setResponseStatus(event, 201)
  setResponseHeader(event, 'location', `/api/reviews/${id}`)
  setResponseHeader(event, 'etag', '"1"')
  return { id, slug, version: 1, status: 'draft' as const }
}

/**
 * The same key makes the same id, even if the first try died halfway. A version 8 UUID (RFC 9562,
 * 5.8).
 */
function idOf(commandId: string): string {
  const hex = createHash('sha256').update(`draft:${commandId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
