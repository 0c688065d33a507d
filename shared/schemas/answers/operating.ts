/** What the API answers to operators: the state of every part, and what went wrong. */
import { z } from 'zod'
import type { Alert } from '../../types/alert'
import type { PartState } from '../../types/part-state'
import type { ReadModelTrial } from '../../types/read-model-trial'
import { time } from './time'

const minutes = z.array(z.int()).describe('Minute by minute, oldest first.')

export const partSchema = z
  .object({
    name: z.string(),
    label: z.string(),
    kind: z.enum(['projection', 'reactor']),
    state: z.enum(['Following', 'Paused', 'Stopped', 'Not set up', 'Retrying', 'Failed']),
    listensTo: z.int().describe('How many types of events.'),
    checkpoint: z.int().optional().describe('The position up to which it has read.'),
    head: z.int().describe('The last position of the log.'),
    lag: z.int().optional(),
    rate: z.number().describe('Accepted per second, over the last minute.'),
    hour: z.object({ accepted: minutes, failed: minutes }).optional(),
    waiting: z.int().optional(),
    dead: z.int().optional(),
    lastError: z.string().optional(),
    lastErrorAt: time.optional(),
    reason: z.string().optional(),
    credential: z
      .object({ endsAt: time.optional(), problem: z.string().optional() })
      .optional()
      .describe(
        'Of a channel whose network renews its token: when that ends, and why it could not be renewed.',
      ),
    quota: z
      .object({
        left: z.number(),
        of: z.number().optional(),
        what: z.string(),
        until: z.string().optional(),
      })
      .optional()
      .describe('What the far side still allows.'),
    audience: z
      .object({
        count: z.int(),
        unit: z.enum(['reader', 'network', 'webhook', 'subscriber', 'server']),
      })
      .optional()
      .describe('How many it may notify now, where that is known.'),
    rebuild: z.number().optional().describe('The share done, 0 to 1, while it is rebuilt.'),
  })
  .meta({ id: 'Part' }) satisfies z.ZodType<PartState>

export const readModelTrialSchema = z.object({
  events: z.int().describe('How many it would have read.'),
  rows: z.int(),
  sample: z.array(z.looseObject({})).describe('Its newest rows, as stored.'),
  parked: z.array(z.object({ position: z.int(), reviewId: z.string(), reason: z.string() })),
}) satisfies z.ZodType<ReadModelTrial>

export const alertSchema = z.object({
  about: z.string(),
  says: z.string(),
  sample: z.string().optional(),
  todo: z.string(),
  link: z.string().describe('A path.'),
  since: time,
  lastAt: time,
}) satisfies z.ZodType<Alert>

export const deadLetterSchema = z.object({
  id: z.int(),
  part: z.string(),
  reviewId: z.string(),
  title: z.string(),
  type: z.string(),
  recipient: z.string().describe('An id, never an address.'),
  reason: z.string(),
  attempts: z.int(),
  at: time,
})

export const deadLetterPreviewSchema = z.object({
  id: z.int(),
  part: z.string(),
  type: z.string(),
  position: z.int(),
  recipient: z.string(),
  attempts: z.int(),
  say: z.string().optional(),
  subject: z.string().optional(),
  event: z.looseObject({}).optional(),
})

export const parkedSchema = z.object({
  kind: z.enum(['reactor', 'projection']),
  part: z.string(),
  reviewId: z.string(),
  title: z.string(),
  type: z.string().optional(),
  position: z.int(),
  reason: z.string(),
  at: time.optional(),
  behind: z.int().describe('How many events wait behind it.'),
})
