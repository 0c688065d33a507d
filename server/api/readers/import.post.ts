/**
 * POST /api/readers/import: imports readers who agreed elsewhere, as NDJSON or CSV, while it
 * streams in. It needs no Idempotency-Key, because existing readers are skipped.
 */
import { defineEventHandler, getRequestHeader } from 'h3'
import { requireScope } from '../../access'
import { useApp } from '../../db/open'
import { Problem } from '../../http/problem'
import { importReaders } from '../../imports/readers/import'
import { NotUtf8 } from '../../kit/line-reader'
import { useLog } from '../../log'
import { checkTarget } from '../../outbound/client'

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const type = getRequestHeader(event, 'content-type') ?? ''
  return importReaders(await useApp(), event.node.req, {
    format: formatOf(type),
    head: () => useLog().head(),
    mayCall: url => checkTarget('push', url),
    now: Date.now(),
  }).catch((error: Error) => {
    throw error instanceof NotUtf8
      ? new Problem(422, 'The file is not UTF-8', error.message)
      : error
  })
})

/** Undefined if the sender does not say; the first line of the file then decides. */
function formatOf(contentType: string) {
  if (/csv/i.test(contentType)) return 'csv'
  return /ndjson|jsonl|json-seq/i.test(contentType) ? 'ndjson' : undefined
}
