/** The routes of partners who want to be called. */
import { z } from 'zod'
import { time } from '../../../shared/schemas/answers/time'
import {
  replayPreviewSchema,
  webhookAnswerSchema,
  webhookMadeSchema,
  webhookPageSchema,
  webhookSchema,
} from '../../../shared/schemas/answers/webhooks'
import { replayInput, webhooksQuery } from '../../../shared/schemas/operating'
import { changedWebhook, newWebhook } from '../../channels/webhooks/schema'
import type { Operation, Operations } from '../operation'

const who = 'webhooks'
const refuses: Operation['refuses'] = { 404: ['No such webhook'] }

export const WEBHOOKS: Operations = {
  'GET /api/webhooks': {
    does: 'All webhooks, or those of a token’s maker, in the order they were created',
    who,
    query: webhooksQuery,
    answers: {
      200: z.object({ items: z.array(webhookSchema), next: z.string().nullable() }),
    },
  },
  'POST /api/webhooks': {
    does: 'Creates a webhook; only this answer has its secret',
    who,
    body: newWebhook,
    answers: { 201: webhookMadeSchema },
    idempotent: true,
  },
  'GET /api/webhooks/:id': {
    does: 'A webhook’s health, its last answer and its newest deliveries',
    who,
    answers: { 200: webhookPageSchema },
    refuses,
  },
  'PATCH /api/webhooks/:id': {
    does: 'Changes a webhook, or switches it off or on',
    who,
    body: changedWebhook,
    answers: { 200: webhookPageSchema },
    refuses,
  },
  'DELETE /api/webhooks/:id': {
    does: 'Removes a webhook; what was planned is not sent',
    who,
    answers: { 204: null },
    refuses,
  },
  'POST /api/webhooks/:id/test': {
    does: 'Sends a signed test notice now, and returns the webhook’s answer',
    who,
    answers: { 200: webhookAnswerSchema },
    idempotent: true,
    refuses,
  },
  'POST /api/webhooks/:id/rotate': {
    does: 'Makes a new secret; for 24 hours the old one signs too',
    who,
    answers: { 200: webhookMadeSchema.extend({ previousSecretUntil: time }) },
    idempotent: true,
    refuses,
  },
  'POST /api/webhooks/:id/replay': {
    does: 'Sends a webhook again what happened from a position on',
    who,
    body: replayInput,
    answers: {
      200: z.union([
        replayPreviewSchema,
        z.object({ planned: z.int(), alreadyUnderWay: z.int(), skipped: z.int() }),
      ]),
    },
    idempotent: true,
    refuses: { ...refuses, 409: ['The webhook is switched off'] },
  },
}
