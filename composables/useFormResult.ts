import type { FormResult } from '~/shared/types/form-result'

/** What the server tells this page beside its address: the answer to a form. Pages with forms run no framework script, so only the server asks. */
export const useFormResult = (): FormResult => useRequestEvent()?.context.said ?? {}
