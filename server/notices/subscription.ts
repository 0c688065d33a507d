/** Reads a subscription from a query string; a body has its schema in shared/schemas/subscription.ts. */
import { z } from 'zod'
import { REVIEW_FIELDS } from '../../shared/review-fields'
import { SHAPES, type Subscription, subscriptionSchema } from '../../shared/schemas/subscription'
import { NOTICE_TYPES } from '../../shared/types/notice'
import { Problem } from '../http/problem'
import { fit } from '../http/read-input'
import { narrowing } from '../queries/list-filter'
import type { Views } from '../queries/tables'
import { withKnownNames } from './known-names'

/** Values with commas between them, or the parameter repeated. */
const list = z
  .union([z.string(), z.array(z.string())])
  .transform(sent => [sent].flat().flatMap(text => text.split(',')))
  .transform(names => names.map(name => name.trim()).filter(Boolean))
  .optional()

/** The parameters; `genre`, `critic` and `minRating` are the wants. */
export const subscriptionQuery = {
  types: list.describe(`Some of ${NOTICE_TYPES.join(', ')}.`),
  subject: list.describe('The ids of reviews.'),
  genre: list,
  critic: list.describe('Ids or slugs.'),
  minRating: narrowing.minRating,
  shape: z.string().optional().meta({ enum: SHAPES }),
  fields: list.describe(`Some of ${REVIEW_FIELDS.join(', ')}.`),
}
export type SubscriptionQuery = z.output<z.ZodObject<typeof subscriptionQuery>>

/** With the ids of its critics. Throws a 422 with the names of the parameters, or a 404 for an unknown genre or critic. */
export async function subscriptionOf(
  views: Views,
  { types, subject, genre, critic, minRating, shape, fields }: SubscriptionQuery,
): Promise<Subscription> {
  const wants = {
    ...(genre?.length && { genres: genre }),
    ...(critic?.length && { critics: critic }),
    ...(minRating && { minRating }),
  }
  try {
    const asked = { types, subject, wants, shape, fields: fields?.length ? fields : undefined }
    const read = await fit(subscriptionSchema, asked)
    return await withKnownNames(views, read, 404)
  } catch (error) {
    throw error instanceof Problem ? withParameterNames(error) : error
  }
}

/** "wants.genres.0" is `genre` in a query string. */
function withParameterNames(problem: Problem): Problem {
  const errors = problem.errors?.map(({ path, message }) => {
    const [first, second] = path.split('.')
    return { path: (first === 'wants' && PARAMETER[second!]) || first!, message }
  })
  const detail = errors?.length ? `${errors[0]!.path} ${errors[0]!.message}.` : problem.detail
  return new Problem(problem.statusCode, problem.title, detail, errors, problem.extras)
}

const PARAMETER: { [name: string]: string } = {
  genres: 'genre',
  critics: 'critic',
  minRating: 'minRating',
}

/** The same subscription as parameters, for the address of its next page. */
export const parametersOf = ({ types, subject, wants, shape, fields }: Subscription) =>
  Object.entries({
    types,
    subject,
    genre: wants?.genres,
    critic: wants?.critics,
    minRating: wants?.minRating,
    shape,
    fields,
  })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)] as [string, string])
