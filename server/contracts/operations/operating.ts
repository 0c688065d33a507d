/** The routes of operators: the parts, what went wrong, and the outbox. */
import { z } from 'zod'
import {
  alertSchema,
  deadLetterPreviewSchema,
  deadLetterSchema,
  parkedSchema,
  partSchema,
  readModelTrialSchema,
} from '../../../shared/schemas/answers/operating'
import { time } from '../../../shared/schemas/answers/time'
import { replayPreviewSchema } from '../../../shared/schemas/answers/webhooks'
import {
  redriveAllInput,
  replayInput,
  retryParkedInput,
  skipInput,
} from '../../../shared/schemas/operating'
import { keptEmails } from '../../../shared/schemas/outbox'
import { nothing, redriveInput } from '../../../shared/schemas/review'
import type { Operation, Operations } from '../operation'

const who = 'parts'
const noPart: Operation['refuses'] = { 404: ['No such part'] }
const notSetUp: Operation['refuses'] = { 409: ['The part is not set up'] }
const noLetter: Operation['refuses'] = { 404: ['No such dead letter'] }
const paused = z.object({ name: z.string(), paused: z.boolean() })
const letter = z.object({ id: z.int(), state: z.string() })
const keptEmail = z.object({
  id: z.int(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  at: time,
})

export const OPERATING: Operations = {
  'GET /api/parts': {
    does: 'The state of every consumer: checkpoint, head, lag, rate, last error',
    who,
    answers: { 200: z.object({ head: z.int(), items: z.array(partSchema) }) },
  },
  'POST /api/parts/:name/pause': {
    does: 'Pauses a part; what is planned waits',
    who,
    body: nothing,
    answers: { 200: paused },
    idempotent: true,
    refuses: noPart,
  },
  'POST /api/parts/:name/resume': {
    does: 'Resumes a part',
    who,
    body: nothing,
    answers: { 200: paused },
    idempotent: true,
    refuses: noPart,
  },
  'POST /api/parts/:name/replay': {
    does: 'Plans old events again for one part; a dry run only lists them, and is all that a read model has',
    who,
    body: replayInput,
    answers: {
      200: z.union([
        replayPreviewSchema,
        z.object({ planned: z.int(), alreadyTold: z.int(), skipped: z.int() }),
        readModelTrialSchema,
      ]),
    },
    idempotent: true,
    refuses: { ...noPart, ...notSetUp },
  },
  'POST /api/parts/:name/rebuild': {
    does: 'Folds a read model anew from the log, beside the one that pages read',
    who,
    body: nothing,
    answers: { 202: z.object({ name: z.string(), rebuilding: z.literal(true) }) },
    idempotent: true,
    refuses: noPart,
  },
  'POST /api/parts/:name/retry-parked': {
    does: 'Plans again what the part could not process',
    who,
    body: retryParkedInput,
    answers: { 200: z.object({ planned: z.int(), parked: z.int() }) },
    idempotent: true,
    refuses: { ...noPart, ...notSetUp },
  },
  'GET /api/parked': {
    does: 'Reviews with an event that a part or a read model could not process',
    who,
    answers: { 200: z.object({ items: z.array(parkedSchema) }) },
  },
  'GET /api/dead-letters': {
    does: 'Deliveries that were given up, newest first',
    who,
    answers: { 200: z.object({ items: z.array(deadLetterSchema) }) },
  },
  'GET /api/dead-letters/:id': {
    does: 'What a dead letter would say if it were sent now',
    who,
    answers: { 200: deadLetterPreviewSchema },
    refuses: noLetter,
  },
  'POST /api/dead-letters/redrive': {
    does: 'Sends every dead letter again, or those of one part',
    who,
    body: redriveAllInput,
    answers: { 200: z.object({ again: z.int() }) },
    idempotent: true,
  },
  'POST /api/dead-letters/:id/redrive': {
    does: 'Sends a dead letter again, with other words if `text` is given',
    who,
    body: redriveInput,
    answers: { 200: letter },
    idempotent: true,
    refuses: noLetter,
  },
  'POST /api/dead-letters/:id/skip': {
    does: 'Gives up on a dead letter for good',
    who,
    body: skipInput,
    answers: { 200: letter },
    idempotent: true,
    refuses: noLetter,
  },
  'GET /api/alerts': {
    does: 'What needs a person now, newest first',
    who,
    answers: { 200: z.object({ items: z.array(alertSchema) }) },
  },
  'POST /api/alerts/:about/dismiss': {
    does: 'Hides an alert from the caller until it comes up again',
    who,
    body: nothing,
    answers: { 200: z.object({ about: z.string(), dismissed: z.literal(true) }) },
    idempotent: true,
    refuses: { 404: ['No such alert'] },
  },
  'GET /api/outbox': {
    does: 'The emails that were kept because there is no mail server, newest first',
    who: 'readers',
    answers: { 200: z.object({ kept: z.boolean(), items: z.array(keptEmail) }) },
  },
  'GET /api/outbox/:id': {
    does: 'One kept email, with its source',
    who: 'readers',
    answers: {
      200: keptEmail.extend({ html: z.string(), text: z.string(), source: z.string() }),
    },
    refuses: { 404: ['No such email'] },
  },
  'POST /api/outbox/send': {
    does: 'Sends kept emails',
    who: 'readers',
    body: keptEmails,
    answers: { 200: z.object({ sent: z.int() }) },
    idempotent: true,
    refuses: notSetUp,
  },
  'POST /api/outbox/discard': {
    does: 'Throws kept emails away',
    who: 'readers',
    body: keptEmails,
    answers: { 200: z.object({ discarded: z.int() }) },
    idempotent: true,
  },
}
