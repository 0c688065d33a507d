/** The routes of whoever writes: drafts, publishing and what comes after it. */
import { z } from 'zod'
import { deliveryRowsSchema, runSheetSchema } from '../../../shared/schemas/answers/deliveries'
import {
  acceptedSchema,
  copyChangedSchema,
  draftMadeSchema,
  historySchema,
  uploadSchema,
} from '../../../shared/schemas/answers/writing'
import { deliveriesQuery } from '../../../shared/schemas/operating'
import { lookupQuery } from '../../../shared/schemas/reading'
import {
  archiveInput,
  correctInput,
  eraseInput,
  fixInput,
  newReview,
  nothing,
  previewInput,
  publishInput,
  redrivePartInput,
  replacementQuery,
  scheduleInput,
  someFields,
} from '../../../shared/schemas/review'
import type { Operation, Operations } from '../operation'

const who = 'reviews'
const unknown = { 404: ['No such review'] } satisfies Operation['refuses']
const refuses: Operation['refuses'] = { ...unknown, 409: ['The review is in the wrong state'] }
const notReady: Operation['refuses'] = {
  ...refuses,
  422: ['The review is not ready to publish'],
}
/** A command to a review: 202 when something happened, 200 when it was so already. */
const command = {
  who,
  answers: { 200: acceptedSchema, 202: acceptedSchema },
  idempotent: true,
  versioned: true,
  refuses,
} satisfies Partial<Operation>

export const WRITING: Operations = {
  'POST /api/reviews': {
    does: 'Creates a draft with its text',
    who,
    body: newReview,
    answers: { 201: draftMadeSchema },
    idempotent: true,
  },
  'POST /api/drafts': {
    does: 'Creates an empty draft',
    who,
    body: nothing,
    answers: { 201: draftMadeSchema },
    idempotent: true,
  },
  'PATCH /api/reviews/:id': {
    does: 'Changes the working copy; what is public stays as it is',
    who,
    query: replacementQuery,
    body: someFields,
    answers: { 200: copyChangedSchema },
    versioned: true,
    refuses: { ...refuses, 503: ['Too many changes at once'] },
  },
  'POST /api/reviews/:id/publish': {
    ...command,
    does: 'Publishes a review',
    body: publishInput,
    refuses: notReady,
  },
  'POST /api/reviews/:id/fix': {
    ...command,
    does: 'Fixes what leaves the meaning as it is; exactly the sent fields change',
    body: fixInput,
  },
  'POST /api/reviews/:id/correct': {
    ...command,
    does: 'Publishes a change of meaning, with a note',
    body: correctInput,
  },
  'POST /api/reviews/:id/archive': {
    ...command,
    does: 'Takes a review back; its page then answers 410 with the reason',
    body: archiveInput,
  },
  'POST /api/reviews/:id/restore': {
    ...command,
    does: 'Makes an archived review public again',
    body: nothing,
  },
  'POST /api/reviews/:id/erase': {
    ...command,
    does: 'Makes the text of an archived review unreadable for good',
    who: 'session owner',
    body: eraseInput,
    refuses: {
      ...unknown,
      409: ['The review is in the wrong state', 'The text is not sealed'],
    },
  },
  'POST /api/reviews/:id/schedule': {
    ...command,
    does: 'Schedules a review',
    body: scheduleInput,
    refuses: notReady,
  },
  'DELETE /api/reviews/:id/schedule': {
    does: 'Cancels the schedule; the draft stays',
    who,
    answers: { 200: acceptedSchema, 202: acceptedSchema },
    versioned: true,
    refuses,
  },
  'POST /api/reviews/:id/preview': {
    does: 'What Publish would do now, part by part, and what is still missing',
    who,
    body: previewInput,
    answers: {
      200: z.object({
        missing: z.array(z.looseObject({ path: z.string(), message: z.string() })),
        empty: z.array(z.enum(['summary', 'body'])),
        holdSeconds: z.number(),
        openPages: z.int(),
        parts: z.array(z.looseObject({ part: z.string(), label: z.string() })),
      }),
    },
    refuses: unknown,
  },
  'POST /api/reviews/:id/hold': {
    does: 'Stops what has not been sent yet, until somebody sends it',
    who,
    body: nothing,
    answers: { 200: z.object({ id: z.string(), held: z.int() }) },
    idempotent: true,
    refuses: unknown,
  },
  'POST /api/reviews/:id/send-now': {
    does: 'Sends what was stopped or waits',
    who,
    body: nothing,
    answers: { 200: z.object({ id: z.string(), released: z.int() }) },
    idempotent: true,
    refuses: unknown,
  },
  'POST /api/reviews/:id/redrive': {
    does: 'Sends again what one part gave up for this review',
    who,
    body: redrivePartInput,
    answers: { 200: z.object({ id: z.string(), part: z.string(), again: z.int() }) },
    idempotent: true,
    refuses: unknown,
  },
  'GET /api/reviews/:id/history': {
    does: 'The events of a review, oldest first, each with what it changed',
    who,
    answers: { 200: historySchema },
    refuses: unknown,
  },
  'GET /api/reviews/:id/deliveries': {
    does: 'What happened after Publish, line by line; with `part`, the rows of one part',
    who,
    query: deliveriesQuery,
    answers: { 200: z.union([runSheetSchema, deliveryRowsSchema]) },
    refuses: unknown,
  },
  'GET /api/movies/lookup': {
    does: 'Suggests films while somebody types a title',
    who,
    query: lookupQuery,
    answers: { 200: z.array(z.looseObject({ id: z.string(), title: z.string() })) },
  },
  'POST /api/uploads': {
    does: 'Takes a poster, and keeps a re-encoded copy',
    who,
    body: {
      type: 'multipart/form-data',
      is: z.object({ file: z.string().describe('JPEG, PNG, WebP or AVIF, at most 10 MB.') }),
    },
    answers: { 201: uploadSchema },
    idempotent: true,
    refuses: { 400: ['The form is malformed'], 415: ['The body must be a form'] },
  },
  'DELETE /api/uploads/:name': {
    does: 'Takes a picture down for good',
    who,
    answers: { 204: null },
    refuses: { 404: ['No such picture'] },
  },
}
