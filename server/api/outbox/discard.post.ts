/** POST /api/outbox/discard {ids?}: throws kept emails away, all of them without `ids`. */
import { defineEventHandler } from 'h3'
import { keptEmails } from '../../../shared/schemas/outbox'
import { idempotent, requireScope } from '../../access'
import { useApp } from '../../db/open'
import { mailPart } from '../../delivery/contract/mail-part'
import { readInput } from '../../http/read-input'
import { discardKept } from '../../operations/kept-emails'

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const { ids } = await readInput(event, keptEmails)
  return idempotent(event, { ids }, async () => ({
    discarded: await discardKept({ app: await useApp(), part: mailPart(), now: Date.now() }, ids),
  }))
})
