/** What the server refused, for as long as it stands in the fields unchanged. */
import type { Writing } from '~/shared/review/writing'
import type { FieldError } from '~/utils/refusal-words'

export function useRefusedFields(writing: Writing) {
  const refusal = shallowRef<{ errors: FieldError[]; of: Writing }>()
  const errors = computed(() => {
    const { errors: all = [], of } = refusal.value ?? {}
    return all.filter(({ path }) => equalAtPath(path, of, writing))
  })

  return {
    errors,
    /** By field, in words. */
    problems: computed(() => fieldProblems(errors.value)),
    refuse(refused: FieldError[]) {
      refusal.value = { errors: refused, of: JSON.parse(JSON.stringify(writing)) }
    },
    clear() {
      refusal.value = undefined
    },
    /** A field that is not part of the text was written anew. */
    forget(path: string) {
      if (!refusal.value) return
      const others = refusal.value.errors.filter(error => error.path !== path)
      refusal.value = { ...refusal.value, errors: others }
    },
  }
}
