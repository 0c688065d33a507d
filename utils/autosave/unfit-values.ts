/** Values that the server refuses: the other fields are saved without them until they change. */
import { type Field, FIELDS, type Writing } from '~/shared/review/writing'
import type { FieldError } from '../refusal-words'

export function createUnfitValues() {
  const unfit = new Map<Field, unknown>()

  const without = (changes: Partial<Writing>, writing: Writing): Partial<Writing> =>
    Object.fromEntries(
      Object.entries(changes).filter(
        ([field]) => unfit.get(field as Field) !== writing[field as Field],
      ),
    )

  return {
    without,
    isEmpty: () => unfit.size === 0,
    /** An error that names no known field may be about any of those that were sent. */
    add(errors: FieldError[], changes: Partial<Writing>, writing: Writing) {
      const named = FIELDS.filter(field => errors.some(({ path }) => path.split('.')[0] === field))
      const fields = named.length ? named : (Object.keys(without(changes, writing)) as Field[])
      for (const field of fields) unfit.set(field, writing[field])
    },
    forgetRewritten(writing: Writing) {
      for (const [field, value] of unfit) if (writing[field] !== value) unfit.delete(field)
    },
  }
}
