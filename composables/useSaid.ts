import type { Said } from '~/shared/types/said'

/** What the server tells this page beside its address: the answer to a form. Pages with forms run no framework script, so only the server asks. */
export const useSaid = (): Said => useRequestEvent()?.context.said ?? {}
