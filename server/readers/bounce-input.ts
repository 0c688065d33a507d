/** What a mail provider's hook sends about an email that came back. */
import { z } from 'zod'
import { mailAddress } from '../../shared/schemas/mail-address'
import { isReturnPath } from '../channels/mail/verp'

/** One of our return addresses, or a reader's own address. */
const recipient = z
  .string()
  .trim()
  .max(254)
  .transform((address, context) => {
    if (isReturnPath(address)) return address
    const fit = mailAddress.safeParse(address)
    if (fit.success) return fit.data
    context.addIssue(fit.error.issues[0]!.message)
    return z.NEVER
  })

export const bounceInput = z.object({
  recipient,
  status: z
    .string()
    .regex(/^[245]\.\d{1,3}\.\d{1,3}$/, 'must be an enhanced status code such as 5.1.1'),
})
