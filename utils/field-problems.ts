/** What the server refused, by field, as sentences that stand beside it: "must be chosen" is "Must be chosen." The first about a field counts. */
import { type FieldError, refusalWords } from './refusal-words'
import { asSentence } from './sentences'

/** Typed into the field of another, so the sentence has to name them. */
const WITHIN_OTHERS = ['movie.year']

export const fieldProblems = (errors: FieldError[]): Record<string, string> =>
  Object.fromEntries(
    errors
      .map(error => [
        error.path,
        WITHIN_OTHERS.includes(error.path)
          ? refusalWords({ errors: [error] }, '')
          : asSentence(error.message),
      ])
      .reverse(),
  )
