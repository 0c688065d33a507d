/**
 * POST /api/mail/bounces: what came back to a return address (a bounce in any form, a complaint), or
 * a recipient and its status from a mail provider's hook.
 */
import { defineEventHandler, getRequestHeader, setResponseStatus } from 'h3'
import { z } from 'zod'
import { mailAddress } from '../../../shared/schemas/mail-address'
import { idempotent, requireScope } from '../../access'
import { isReturnPath } from '../../channels/mail/verp'
import { problem } from '../../http/problem'
import { readBytes } from '../../http/read-body'
import { readInput } from '../../http/read-input'
import { takeBounce, takeReport } from '../../readers/bounces'

/** Reports include the whole email. */
const MAX_BYTES = 1024 * 1024
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
const Bounced = z.object({
  recipient,
  status: z
    .string()
    .regex(/^[245]\.\d{1,3}\.\d{1,3}$/, 'must be an enhanced status code such as 5.1.1'),
})

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const report = /^message\/(?:rfc822|global)\b/i.test(
    getRequestHeader(event, 'content-type') ?? '',
  )
    ? await readBytes(event, MAX_BYTES)
    : undefined
  const bounced = report === undefined ? await readInput(event, Bounced) : undefined
  return idempotent(event, bounced ?? report!.toString('latin1'), async () => {
    const noted = bounced
      ? await takeBounce(bounced.recipient, bounced.status)
      : await takeReport(report!)
    if (!noted)
      problem(
        422,
        'The bounce is not about our mail',
        bounced
          ? 'recipient is not one of our return addresses.'
          : 'It names none of our return addresses.',
        bounced && [{ path: 'recipient', message: 'is not one of our return addresses' }],
      )
    setResponseStatus(event, 202)
    return { noted }
  })
})
