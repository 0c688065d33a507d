/** A refusal as the API answers it (RFC 9457). */
import { z } from 'zod'

/** Some kinds have further members, such as `current` with a 412. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe('The address of its kind at /developers.'),
    title: z.string().describe('What is wrong: the name of the kind.'),
    status: z.int(),
    detail: z.string().optional().describe('A sentence about this one case.'),
    errors: z
      .array(
        z.object({
          path: z.string().describe('The field as sent, joined with dots: "movie.year".'),
          message: z.string().describe('What it must be: "must be a whole number".'),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'What is wrong, in words, and where (RFC 9457).' })
