/**
 * POST /api/mail/bounces: what came back to a return address (a bounce in any form, a complaint), or
 * a recipient and its status from a mail provider's hook.
 */
import { defineEventHandler, getRequestHeader, setResponseStatus } from 'h3'
import { idempotent, requireScope } from '../../access'
import { problem } from '../../http/problem'
import { readBytes } from '../../http/read-body'
import { readInput } from '../../http/read-input'
import { bounceInput } from '../../readers/bounce-input'
import { takeBounce, takeReport } from '../../readers/bounces'

/** Reports include the whole email. */
const MAX_BYTES = 1024 * 1024

export default defineEventHandler(async event => {
  await requireScope(event, 'readers')
  const report = /^message\/(?:rfc822|global)\b/i.test(
    getRequestHeader(event, 'content-type') ?? '',
  )
    ? await readBytes(event, MAX_BYTES)
    : undefined
  const bounced = report === undefined ? await readInput(event, bounceInput) : undefined
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
