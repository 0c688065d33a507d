/** The routes of readers: subscribing, changing that and leaving. */
import { z } from 'zod'
import { cardSchema } from '../../../shared/schemas/answers/review'
import { time } from '../../../shared/schemas/answers/time'
import {
  changedWants,
  confirmationInput,
  confirmationQuery,
} from '../../../shared/schemas/subscribing'
import { wantsSchema } from '../../../shared/schemas/wants'
import { asking } from '../../readers/confirmation/request'
import { changedPushReader, newPushReader } from '../../readers/push-input'
import { wantsQuery } from '../../readers/wants-form'
import type { Operation, Operations } from '../operation'

const anywhere = () => undefined
const wants = wantsSchema
const pushReader = z.object({ id: z.string(), manageToken: z.string(), wants })
const expired: Operation['refuses'] = {
  410: ['The confirmation link has expired', 'There is a newer confirmation link'],
}
const taken: Operation['refuses'] = { 409: ['The push endpoint is taken'] }
const crowded: Operation['refuses'] = { 429: ['Too many requests'] }

export const SUBSCRIBING: Operations = {
  'GET /api/push/key': {
    does: 'The key that a browser binds its subscription to (RFC 8292)',
    who: 'public',
    answers: { 200: z.object({ publicKey: z.string() }) },
  },
  'GET /api/subscriptions/choices': {
    does: 'The genres and critics that a reader can choose from',
    who: 'public',
    answers: {
      200: z.object({
        genres: z.array(z.string()),
        critics: z.array(z.object({ id: z.string(), name: z.string() })),
      }),
    },
  },
  'GET /api/subscriptions/matched': {
    does: 'The newest reviews that such a subscription would have matched',
    who: 'public',
    query: wantsQuery,
    answers: {
      200: z.object({
        wants,
        asked: z.string(),
        often: z.string(),
        items: z.array(cardSchema),
      }),
    },
  },
  'POST /api/subscriptions/push': {
    does: 'A browser asks for notifications',
    who: 'public',
    body: newPushReader(anywhere),
    answers: { 200: pushReader, 201: pushReader },
    refuses: { ...taken, ...crowded },
  },
  'PATCH /api/subscriptions/push/:id': {
    does: 'Changes what a browser wants, or its endpoint',
    who: 'reader',
    body: changedPushReader(anywhere),
    answers: { 200: pushReader.omit({ manageToken: true }) },
    refuses: taken,
  },
  'DELETE /api/subscriptions/push/:id': {
    does: 'Forgets a browser',
    who: 'reader',
    answers: { 204: null },
  },
  'POST /api/subscriptions/email': {
    does: 'Asks for email; the same answer for any well-formed address',
    who: 'public',
    body: asking,
    answers: { 202: z.object({ status: z.string() }) },
    refuses: crowded,
  },
  'GET /api/subscriptions/email/confirm': {
    does: 'What a confirmation email is about; changes nothing',
    who: 'public',
    query: confirmationQuery,
    answers: {
      200: z.object({
        state: z.enum(['open', 'confirmed']),
        asked: z.string(),
        often: z.string(),
      }),
    },
    refuses: expired,
  },
  'POST /api/subscriptions/email/confirm': {
    does: 'Confirms a subscription by email',
    who: 'public',
    body: confirmationInput,
    answers: { 200: z.object({ manageToken: z.string() }) },
    refuses: expired,
  },
  'GET /api/subscriptions/email/unsubscribe': {
    does: 'The page with the button, for a reader who opens the address in a browser',
    who: 'public',
    query: z.object({ token: z.string().optional() }),
    answers: { 200: { type: 'text/html', is: 'A page.' } },
  },
  'POST /api/subscriptions/email/unsubscribe': {
    does: 'Unsubscribes with one click (RFC 8058), whatever the body says',
    who: 'public',
    query: z.object({ token: z.string() }),
    answers: { 200: z.object({ status: z.string() }) },
  },
  'GET /api/subscriptions/email/me': {
    does: 'What is kept about a reader',
    who: 'reader',
    answers: { 200: z.object({ email: z.string(), wants, confirmedAt: time }) },
  },
  'PATCH /api/subscriptions/email/me': {
    does: 'Changes what a reader wants, as a whole',
    who: 'reader',
    body: changedWants,
    answers: { 200: z.object({ email: z.string(), wants }) },
  },
  'DELETE /api/subscriptions/email/me': {
    does: 'Erases everything about a reader',
    who: 'reader',
    answers: { 204: null },
  },
}
