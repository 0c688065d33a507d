/** Readers who agreed elsewhere, as NDJSON or CSV, read as it streams in. Needs no Idempotency-Key: who is here already is skipped. */
import { defineEventHandler, getRequestHeader } from 'h3'
import { requireScope } from '../../access'
import { useApp } from '../../db/open'
import { checkTarget } from '../../delivery/outbound'
import { useLog } from '../../log'
import { importReaders } from '../../readers/import'

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const type = getRequestHeader(event, 'content-type') ?? ''
  const format = /csv/i.test(type)
    ? 'csv'
    : /ndjson|jsonl|json-seq/i.test(type)
      ? 'ndjson'
      : undefined
  return importReaders(await useApp(), event.node.req, {
    format,
    head: () => useLog().head(),
    mayCall: url => checkTarget('push', url),
    now: Date.now(),
  })
})
