/**
 * Handles a request for emails, from the page and the API alike. Neither the answer nor its timing
 * reveals whether the address is known, subscribed or suppressed.
 */
import { z } from 'zod'
import { mailAddress } from '../../../shared/schemas/mail-address'
import { wantsSchema } from '../../../shared/schemas/wants'
import { useApp } from '../../db/open'
import { withCriticIds } from '../critic-ids'
import { askByMail } from './double-opt-in'
import { sendConfirmation } from './queue'

export const asking = z.strictObject({ email: mailAddress, wants: wantsSchema.default({}) })

/**
 * Resolves once the confirmation email is certain to be sent, or the address has had its share for
 * today.
 */
export async function requestConfirmation({
  email,
  wants,
}: z.output<typeof asking>): Promise<void> {
  const asked = await askByMail(await useApp(), {
    email,
    wants: await withCriticIds(wants),
    now: Date.now(),
  })
  if (asked) await sendConfirmation(asked)
}
