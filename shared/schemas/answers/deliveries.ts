/** What the API answers about what happened to a review after Publish. */
import { z } from 'zod'
import type { Line, RunSheet } from '../../types/run-sheet'
import { time } from './time'

const count = z.int().optional()

const line = z.object({
  part: z.string(),
  label: z.string(),
  state: z.enum([
    'Saved',
    'Sent',
    'Posted',
    'Waiting',
    'Sending',
    'Retrying',
    'Failed',
    'Paused',
    'Not set up',
    'Switched off',
    'No subscribers',
    'Not sent',
    'Not changed',
    'Deleted',
    'By hand',
  ]),
  unit: z.enum(['reader', 'network', 'webhook']).optional(),
  say: z.string().optional(),
  told: count.describe('How many recipients have been notified.'),
  kept: count.describe('Of these, emails that are only in the outbox.'),
  of: count,
  left: count.describe('How many may still be notified.'),
  missed: count.describe('How many will not be.'),
  dead: count,
  after: z.number().optional().describe('Seconds since the event.'),
  at: time.optional(),
  detail: z.string().optional(),
  url: z.string().optional(),
  nextAt: time.optional(),
}) satisfies z.ZodType<Line>

const event = z.object({ type: z.string(), position: z.int(), at: time })

export const runSheetSchema = z.object({
  id: z.string(),
  event: event.optional(),
  lines: z.array(line).describe('About the newest public event, in the order of first report.'),
  earlier: z.array(z.object({ event, lines: z.array(line) })).describe('Newest first.'),
  settled: z.boolean().describe('Whether nothing will change within seconds.'),
  heldUntil: time.optional(),
  mayPause: z.boolean().optional(),
  maySend: z.boolean().optional(),
}) satisfies z.ZodType<RunSheet>

export const deliveryRowsSchema = z.object({
  items: z.array(
    z.object({
      id: z.int(),
      type: z.string(),
      recipient: z.string().describe('An id, never an address.'),
      state: z.string(),
      attempts: z.int(),
      reason: z.string().nullable(),
      dueAt: time,
      updatedAt: time,
    }),
  ),
})
