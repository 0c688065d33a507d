/** Somebody asks for letters, at whichever door. Whether the address is known, subscribed or suppressed can be told neither from the answer nor from its time. */
import { z } from 'zod'
import { mailAddress } from '../../../shared/schemas/mail-address'
import { wantsSchema } from '../../../shared/schemas/wants'
import { useApp } from '../../db/open'
import { askByMail } from './double-opt-in'
import { sendConfirmation } from './queue'

export const asking = z.strictObject({ email: mailAddress, wants: wantsSchema.default({}) })

/** Resolves once the confirmation letter will certainly be sent, or the address had its letters for today. */
export async function requestConfirmation({
  email,
  wants,
}: z.output<typeof asking>): Promise<void> {
  const asked = await askByMail(await useApp(), { email, wants, now: Date.now() })
  if (asked) await sendConfirmation(asked)
}
