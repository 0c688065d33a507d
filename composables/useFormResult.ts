/** The result of the form that was just posted to this page, if any. */
import type { FormResult } from '~/shared/types/form-result'

/** Only the server knows it, so pages that run the framework's script too take it along from there. */
export const useFormResult = (): FormResult =>
  useState<FormResult>('form-result', () => useRequestEvent()?.context.said ?? {}).value
