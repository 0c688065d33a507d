/** A notice as outsiders get it: a CloudEvents 1.0 envelope (structured mode), and what it holds about the review, for each public event and its version. */
import { z } from 'zod'
import { NOTICE_TYPE, type PublicEventType, TEST_NOTICE_TYPE } from '../../types/notice'
import { pickedReviewSchema, publicReviewSchema } from './review'
import { time } from './time'

const id = z.string().describe('The review’s id.')

export const thinSchema = z
  .object({
    id,
    url: z.string().describe('Its page.'),
    api: z.string().describe('Where the API answers it.'),
  })
  .meta({ id: 'ThinNotice', description: 'Where to read the review.' })

/** What is left of a review that is public no more, in notices of older events too. */
export const archivedNoticeSchema = z
  .object({ id, url: z.string(), withdrawn: z.literal(true) })
  .meta({ id: 'ArchivedNotice', description: 'The review is public no more; its text is gone.' })

/** What the events of one type say of their review for certain. */
const CERTAIN: Record<Exclude<PublicEventType, 'ReviewErased'>, z.ZodObject> = {
  ReviewPublished: publicReviewSchema,
  ReviewFixed: publicReviewSchema.required({ fixedAt: true }),
  ReviewCorrected: publicReviewSchema.required({ correctedAt: true }),
  ReviewArchived: publicReviewSchema,
  ReviewRestored: publicReviewSchema,
}

/** The data of a notice in each shape; version 1 of every event. */
export const noticeDataSchemas = (event: PublicEventType) =>
  event === 'ReviewErased'
    ? { thin: thinSchema, fat: archivedNoticeSchema, pick: archivedNoticeSchema }
    : {
        thin: thinSchema,
        fat: z.union([CERTAIN[event], archivedNoticeSchema]),
        pick: z.union([pickedReviewSchema, archivedNoticeSchema]),
      }

const envelope = {
  specversion: z.literal('1.0'),
  id: z.string().describe('The event’s id: the same each time that it is sent.'),
  source: z.url().describe('The site.'),
  time,
  sequence: z
    .string()
    .regex(/^\d{8,}$/)
    .describe('The position in the log, zero-padded, so that it sorts as text.'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.url().describe('The JSON Schema of data.'),
}

/** CloudEvents 1.0 with the sequence extension, around `data`. */
export const noticeSchema = (event: PublicEventType, data: z.ZodType) =>
  z.object({ ...envelope, type: z.literal(NOTICE_TYPE[event]), subject: id, data })

/** A test of a webhook is about the webhook itself. */
export const testDataSchema = z.object({ id: z.string(), url: z.string(), api: z.string() })

export const testNoticeSchema = z.object({
  ...envelope,
  type: z.literal(TEST_NOTICE_TYPE),
  subject: z.string().describe('The webhook’s id.'),
  data: testDataSchema,
})
