/** Turns the server's errors into one sentence for each field: "must be chosen" becomes "Must be chosen." The first error of a field counts. */
import { type FieldError, refusalWords } from './refusal-words'
import { asSentence } from './sentences'

/** Typed into another field, so the sentence has to name them. */
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
