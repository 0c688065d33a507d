/** POST /api/outbox/discard {ids?}: throws kept emails away, all of them without `ids`. */
import { defineEventHandler } from 'h3'
import { keptEmails } from '../../../shared/schemas/outbox'
import { idempotent, requireScope } from '../../access'
import { useApp } from '../../db/open'
import { readInput } from '../../http/read-input'
import { discardKept } from '../../operations/kept-emails'
import { mailPart } from '../../operations/mail-part'

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const { ids } = await readInput(event, keptEmails)
  return idempotent(event, { ids }, async () => ({
    discarded: await discardKept(
      { app: await useApp(), part: mailPart().name, now: Date.now() },
      ids,
    ),
  }))
})
