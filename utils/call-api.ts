/** Calls our own API; the caller gives the type of the answer. Nuxt's `$fetch` would match the path against every route, which slows the compiler with each one. */
import type { FetchOptions } from 'ofetch'

/** Throws a FetchError, with the problem document as its `data`. */
export const callApi = <Answer = unknown>(
  path: string,
  options?: FetchOptions<'json'>,
): Promise<Answer> =>
  ($fetch as unknown as (path: string, options?: FetchOptions<'json'>) => Promise<Answer>)(
    path,
    options,
  )
