/** What the API answers about webhooks, never with a secret but where one is made. */
import { z } from 'zod'
import type { ShownWebhook, WebhookAnswer, WebhookPage } from '../../types/webhook'
import { subscriptionFields } from '../subscription'
import { time } from './time'

export const webhookAnswerSchema = z.object({
  ok: z.boolean(),
  at: time.optional(),
  status: z.int().optional(),
  ms: z.number().describe('Until its headers arrived.'),
  said: z.string().optional().describe('How the answer begins, or why there was none.'),
}) satisfies z.ZodType<WebhookAnswer>

export const webhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()).nullable().describe('Null: all of them.'),
    subject: z.array(z.string()).optional().describe('The ids of reviews; absent: all of them.'),
    wants: subscriptionFields.wants.optional(),
    shape: subscriptionFields.shape,
    fields: z.array(z.string()).optional(),
    after: z.int().describe('It gets the events after this position.'),
    state: z
      .enum(['active', 'failing', 'paused', 'disabled'])
      .describe('`failing`: its last call failed. `disabled`: switched off for disabledReason.'),
    owner: z.string(),
    createdAt: time,
    failingSince: time.optional(),
    disabledAt: time.optional(),
    disabledReason: z.string().optional(),
    previousSecretUntil: time.optional(),
    lastAnswer: webhookAnswerSchema.optional(),
  })
  .meta({ id: 'Webhook' }) satisfies z.ZodType<ShownWebhook>

const delivery = z.object({
  eventId: z.string(),
  type: z.string(),
  position: z.int(),
  reviewId: z.string(),
  state: z.string(),
  attempts: z.int(),
  at: time,
  nextAt: time.optional(),
  status: z.int().optional(),
  ms: z.number().optional(),
  reason: z.string().optional(),
})

export const webhookPageSchema = webhookSchema.extend({
  waiting: z.int().describe('Planned, and not arrived yet.'),
  givenUp: z.int().describe('Among the failed deliveries.'),
  deliveries: z.array(delivery).describe('The newest.'),
}) satisfies z.ZodType<WebhookPage>

export const webhookMadeSchema = z.object({
  id: z.string(),
  secret: z.string().optional().describe('Only in the first answer.'),
})

const replayed = z.object({
  reviewId: z.string(),
  title: z.string(),
  type: z.string(),
  recipients: z.int(),
})

/** What a dry run of a replay lists. */
export const replayPreviewSchema = z.object({
  items: z.array(replayed),
  count: z.int(),
  skipped: z.int(),
})
