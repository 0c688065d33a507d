/** The result of the form that was just posted to this page, if any. */
import type { FormResult } from '~/shared/types/form-result'

/** Pages with forms run no framework script, so this is only called on the server. */
export const useFormResult = (): FormResult => useRequestEvent()?.context.said ?? {}
