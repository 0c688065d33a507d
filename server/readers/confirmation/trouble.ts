/**
 * Decides what becomes of a confirmation email that the mail server did not take, and tells editors
 * of it, because whoever asked was told that it is on its way.
 */
import type { Kysely } from 'kysely'
import { nextAttemptAt } from '../../channels/mail/direct-letters'
import { UnfitAddress } from '../../channels/mail/message'
import { meaningOf } from '../../channels/mail/refusal'
import { NotSent } from '../../channels/mail/send-mail'
import type { AppTables } from '../../db/schema'
import { Dead, Retry, Suppressed } from '../../delivery/contract/define-reactor'
import { mailPart } from '../../delivery/contract/mail-part'
import { closeAlert, tellOperators } from '../../delivery/contract/tell-operators'
import { CONFIRM_WITHIN } from './double-opt-in'

type Db = Kysely<AppTables>

const TRIED_FOR = 3 * 86_400_000

/**
 * The time (ms) of the next attempt, or why there is none. While the mail server does not let us
 * begin it is tried each minute, as long as its link is valid; otherwise for three days.
 */
export function afterFailure(
  error: unknown,
  { attempts, createdAt, now }: { attempts: number; createdAt: number; now: number },
): number | 'no mailbox' | 'given up' {
  const isNobodys = error instanceof NotSent && error.outcome instanceof Suppressed
  if (isNobodys || error instanceof UnfitAddress) return 'no mailbox'
  const isAboutUs = error instanceof NotSent && isBeforeRecipient(error)
  if (now - createdAt >= (isAboutUs ? CONFIRM_WITHIN : TRIED_FOR)) return 'given up'
  return nextAttemptAt(error, { attempts, now, patient: !isAboutUs }) ?? 'no mailbox'
}

const isBeforeRecipient = ({ refusal: { stage } }: NotSent) =>
  stage === 'session' || stage === 'sender'

/**
 * Nothing is said of one that is only delayed, or that only its own address refuses: anybody may type
 * a wrong one.
 */
export async function tellOfTrouble(app: Db, error: Error, now: number) {
  if (!(error instanceof NotSent) || error.outcome instanceof Dead) return
  const isDelay = error.outcome instanceof Retry && meaningOf(error.refusal) !== 'unclear'
  if (isDelay) return
  await tellOperators(
    app,
    {
      about: waiting(),
      says: 'Confirmation emails are refused',
      sample: error.message,
      todo: 'They are kept, and tried again for three days. Fix the cause (the settings of email, or of the mail server).',
      link: '/editor/parts',
      lasting: true,
    },
    now,
  )
}

export const troubleIsOver = (app: Db, now: number) => closeAlert(app, waiting(), now)

export const tellOfEnd = (app: Db, error: Error, now: number) =>
  tellOperators(
    app,
    {
      about: `${waiting()}-given-up`,
      says: 'Email gave up',
      unit: ['confirmation email', 'confirmation emails'],
      sample: error.message,
      todo: 'They were refused for three days. Whoever asked can ask again.',
      link: '/editor/parts',
    },
    now,
  )

const waiting = () => `${mailPart()}.confirmations`
