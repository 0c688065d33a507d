/**
 * Reads wants from form fields or a query string, where every value is text and an empty one means
 * none.
 */
import { z } from 'zod'
import { wantsSchema } from '../../shared/schemas/wants'
import type { Wants, WantsFields } from '../../shared/types/wants'
import { Problem } from '../http/problem'
import { fit } from '../http/read-input'
import { withCriticIds } from './critic-ids'

const one = z.string().max(100).optional()
const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform(found => [found ?? []].flat().filter(Boolean))

export const wantsFields = {
  genres: several,
  critics: several,
  minRating: one,
  frequency: one,
  hour: one,
  weekday: one,
  timeZone: one,
  quietFrom: one,
  quietTo: one,
}

export const wantsQuery = z.object(wantsFields)

/** Throws a 422 with the names of the form's own fields. */
export async function wantsOfForm({
  genres,
  critics,
  minRating,
  frequency,
  hour,
  weekday,
  timeZone,
  quietFrom,
  quietTo,
}: WantsFields): Promise<Wants> {
  const wants = {
    ...(genres.length && { genres }),
    ...(critics.length && { critics }),
    ...(Number(minRating) !== 0 && numbered({ minRating })),
    ...(frequency && { frequency }),
    ...numbered({ hour }),
    ...numbered({ weekday }),
    ...(timeZone && { timeZone }),
    ...((quietFrom || quietTo) && { quiet: { from: quietFrom ?? '', to: quietTo ?? '' } }),
  }
  try {
    return await withCriticIds(await fit(wantsSchema, wants))
  } catch (error) {
    if (error instanceof Problem)
      for (const problem of error.errors ?? []) problem.path = FIELD[problem.path] ?? problem.path
    throw error
  }
}

const FIELD: { [path: string]: string } = {
  quiet: 'quietFrom',
  'quiet.from': 'quietFrom',
  'quiet.to': 'quietTo',
}

/** Anything that is not a number stays text, so that the schema can reject it. */
const numbered = (texts: { [name: string]: string | undefined }) =>
  Object.fromEntries(
    Object.entries(texts)
      .filter(([, text]) => text)
      .map(([name, text]) => [name, Number.isNaN(Number(text)) ? text : Number(text)]),
  )
