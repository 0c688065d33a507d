/** The routes that tell what happened: a page at a time, or as it happens. */
import { z } from 'zod'
import { eventMapSchema } from '../../../shared/schemas/answers/event-map'
import { noticeDataSchemas, noticeSchema } from '../../../shared/schemas/answers/notice'
import { SHAPES } from '../../../shared/schemas/subscription'
import { PUBLIC_EVENTS } from '../../../shared/types/notice'
import { BATCH, eventQuery } from '../../notices/query'
import type { Operations } from '../operation'

/** A notice of any public event, in any shape. */
export const anyNotice = z
  .union(
    PUBLIC_EVENTS.map(event => {
      const data = noticeDataSchemas(event)
      return noticeSchema(event, z.union(SHAPES.map(shape => data[shape])))
    }),
  )
  .meta({ id: 'Notice', description: 'A CloudEvent (1.0, structured) about a review.' })

export const EVENTS: Operations = {
  'GET /api/events': {
    does: 'The public events as CloudEvents: a page at a time, or as a stream that never ends',
    who: 'public',
    query: eventQuery,
    answers: {
      200: [
        { type: BATCH, is: z.array(anyNotice) },
        {
          type: 'text/event-stream',
          is: 'Each event with its position as `id`, its type as `event` and the notice as `data`. Resumes from Last-Event-ID.',
        },
      ],
    },
    refuses: {
      400: ['The Last-Event-ID is malformed'],
      404: ['No such genre', 'No such critic'],
      422: ['The position is beyond the log'],
      503: ['Too many streams'],
    },
    resumes: true,
    cacheable: true,
  },
  'GET /api/event-map': {
    does: 'Which event reaches which listener, read from the running code',
    who: 'public',
    answers: { 200: eventMapSchema },
    cacheable: true,
  },
  'GET /live': {
    does: 'Server-sent events for pages: a card for each public event, from now or from Last-Event-ID on',
    who: 'public',
    answers: {
      200: {
        type: 'text/event-stream',
        is: 'The names of the frames and what they hold are in /asyncapi.json.',
      },
    },
    refuses: { 503: ['Too many open pages'] },
    resumes: true,
  },
}
