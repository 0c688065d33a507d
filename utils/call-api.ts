/** Calls a path of ours; the caller says what it answers. Comparing the path with every route, as Nuxt's `$fetch` would, tires the compiler more with each route. */
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
