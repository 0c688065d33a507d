/** The routes of whoever looks after the lists of readers. */
import { z } from 'zod'
import { importQuery } from '../../../shared/schemas/operating'
import { bounceInput } from '../../readers/bounce-input'
import type { Operations } from '../operation'

const who = 'readers'

export const READERS: Operations = {
  'POST /api/readers/import': {
    does: 'Imports readers who agreed elsewhere, as NDJSON or CSV',
    who,
    query: importQuery,
    body: [
      { type: 'application/x-ndjson', is: 'Lines such as {email, wants?, confirmedAt}.' },
      { type: 'text/csv', is: 'The columns are found by their names.' },
    ],
    answers: {
      200: z.object({
        imported: z.int(),
        skipped: z.array(z.object({ line: z.int(), reason: z.string() })),
        skippedTotal: z.int(),
        reasons: z.record(z.string(), z.int()),
        warnings: z.array(z.string()),
      }),
    },
    refuses: {
      415: ['The body must be the list itself'],
      422: [
        'The file is neither CSV nor NDJSON',
        'The column names are missing',
        'The file is not UTF-8',
      ],
    },
  },
  'POST /api/mail/bounces': {
    does: 'Takes what came back: a report, or a recipient and its status',
    who,
    body: [
      { type: 'application/json', is: bounceInput },
      { type: 'message/rfc822', is: 'The report as it arrived.' },
    ],
    answers: {
      202: z.object({ noted: z.enum(['suppressed', 'counted', 'unsubscribed', 'nothing']) }),
    },
    idempotent: true,
    refuses: { 422: ['The bounce is not about our mail'] },
  },
}
