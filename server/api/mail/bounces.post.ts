/** A mail server or provider reports a bounce: a delivery status notification as it came, or who and which status. */
import { defineEventHandler, getRequestHeader, setResponseStatus } from 'h3'
import { z } from 'zod'
import { mailAddress } from '../../../shared/schemas/mail-address'
import { idempotent, requireScope } from '../../access'
import { problem } from '../../http/problem'
import { readBytes } from '../../http/read-body'
import { readInput } from '../../http/read-input'
import { takeBounce, takeReport } from '../../readers/bounces'

/** Notifications bring the whole letter back. */
const MAX_BYTES = 1024 * 1024
/** Ours, or a reader's own. */
const recipient = z
  .string()
  .trim()
  .max(254)
  .transform((address, context) => {
    if (address.startsWith('bounce+')) return address
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
    ? (await readBytes(event, MAX_BYTES)).toString()
    : undefined
  const bounced = report === undefined ? await readInput(event, Bounced) : undefined
  return idempotent(event, bounced ?? report, async () => {
    const noted = bounced
      ? await takeBounce(bounced.recipient, bounced.status)
      : await takeReport(report!)
    if (!noted)
      problem(
        422,
        'The bounce is not about our mail',
        bounced
          ? 'recipient is no return address that we made.'
          : 'This is no delivery status notification (RFC 3464) about a letter of ours.',
        bounced && [{ path: 'recipient', message: 'is no return address that we made' }],
      )
    setResponseStatus(event, 202)
    return { noted }
  })
})
