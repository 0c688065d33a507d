/** The arguments that narrow a list of reviews, with the rules of `GET /api/reviews`. */
import { z } from 'zod'
import { fit } from '../http/read-input'
import type { ReviewFilter } from '../queries/narrow-reviews'
import { builder } from './builder'

const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform(value => value || undefined)

const Filter = z.object({
  genre: text(60),
  critic: text(100),
  movie: text(200),
  minRating: z
    .number()
    .min(0)
    .max(5)
    .multipleOf(0.5)
    .nullish()
    .transform(value => value ?? undefined),
  q: text(200),
})

/** For a field that lists or counts reviews. */
export const filterArguments = () =>
  builder.args(t => ({
    genre: t.string({ description: 'Only films of this genre.' }),
    critic: t.string({ description: 'Only reviews by this critic: an id or a slug.' }),
    movie: t.string({ description: 'Only reviews of this film, by its id.' }),
    minRating: t.float({ description: 'Only reviews with this rating or more: 0 to 5 in halves.' }),
    q: t.string({ description: 'Only reviews that contain all of these words.' }),
  }))

/** Throws a 422 that names the argument. */
export const readFilter = (args: object): Promise<ReviewFilter> => fit(Filter, args)
