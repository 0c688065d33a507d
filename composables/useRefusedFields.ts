/** Problems that the server found, shown until their field changes. */
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
    /** Call when a field that is not part of the text has changed. */
    forget(path: string) {
      if (!refusal.value) return
      const others = refusal.value.errors.filter(error => error.path !== path)
      refusal.value = { ...refusal.value, errors: others }
    },
  }
}
