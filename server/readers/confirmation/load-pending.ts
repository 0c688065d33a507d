/**
 * Reads what a reader's confirmation email says, as late as possible, because it may have been
 * answered meanwhile.
 */
import type { Wants } from '../../../shared/types/wants'
import { appReadOnly } from '../../db/open'
import { useViews } from '../../queries/views'
import { describeSubscription } from '../describe-wants'
import { tokenFor } from '../tokens'
import { namesFor } from '../wants-names'

/** `asked` in words, `token` for `/subscribe/confirm?token=`. */
export interface PendingConfirmation {
  email: string
  asked: string
  token: string
  timeZone?: string
}

/** Undefined if it was answered, or the address erased. */
export async function loadPending(id: string): Promise<PendingConfirmation | undefined> {
  const row = await appReadOnly()
    .selectFrom('mail_readers')
    .select(['email', 'asked', 'asked_at'])
    .where('id', '=', id)
    .where('asked', 'is not', null)
    .executeTakeFirst()
  if (!row) return undefined
  const wants = JSON.parse(row.asked!) as Wants
  return {
    email: row.email,
    asked: describeSubscription(wants, await namesFor(useViews(), [wants])),
    token: tokenFor('confirm', `${id}.${row.asked_at}`),
    timeZone: wants.timeZone,
  }
}
