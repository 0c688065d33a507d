/**
 * POST /api/readers/import: imports readers who agreed elsewhere, as NDJSON or CSV, while it
 * streams in; `?dryRun=1` only counts. It needs no Idempotency-Key, because existing readers are
 * skipped.
 */
import { defineEventHandler, getRequestHeader } from 'h3'
import { importQuery } from '../../../shared/schemas/operating'
import { requireScope } from '../../access'
import { useApp } from '../../db/open'
import { Problem } from '../../http/problem'
import { readQuery } from '../../http/read-input'
import { importReaders } from '../../imports/readers/import'
import { NotUtf8 } from '../../kit/line-reader'
import { useLog } from '../../log'
import { checkTarget } from '../../outbound/client'

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const { dryRun } = await readQuery(event, importQuery)
  const type = getRequestHeader(event, 'content-type') ?? ''
  refuseContainers(type, getRequestHeader(event, 'content-encoding'))
  return importReaders(await useApp(), event.node.req, {
    format: formatOf(type),
    head: () => useLog().head(),
    mayCall: url => checkTarget('push', url),
    now: Date.now(),
    dryRun: dryRun === '' || dryRun === '1' || dryRun === 'true',
  }).catch((error: Error) => {
    throw error instanceof NotUtf8
      ? new Problem(422, 'The file is not UTF-8', error.message)
      : error
  })
})

/** A form, an archive or a spreadsheet around the list is not read. */
function refuseContainers(type: string, encoding = 'identity') {
  if (!/multipart|zip|openxml|opendocument/i.test(type) && encoding === 'identity') return
  throw new Problem(
    415,
    'The body must be the list itself',
    'Send the CSV or NDJSON as the body, not in a form or an archive: curl --data-binary @readers.csv -H "Content-Type: text/csv".',
    undefined,
    { headers: { accept: 'text/csv, application/x-ndjson' } },
  )
}

/** Undefined if the sender does not say; the first line of the file then decides. */
function formatOf(contentType: string) {
  if (/csv/i.test(contentType)) return 'csv'
  return /ndjson|jsonl|json-seq/i.test(contentType) ? 'ndjson' : undefined
}
