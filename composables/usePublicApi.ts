/** What the public API answers; asked on the server, where it costs no network. An answer that is missing becomes the error page with its status. */
import type { FetchError } from 'ofetch'

export async function usePublicApi<T>(
  path: string,
  query?: Record<string, string | number | undefined>,
) {
  const { data, error } = await useAsyncData(`${path}?${JSON.stringify(query ?? {})}`, () =>
    callApi<T>(path, { query }),
  )
  if (error.value || !data.value)
    throw createError({
      statusCode:
        (error.value?.cause as FetchError | undefined)?.statusCode ??
        error.value?.statusCode ??
        500,
    })
  return data.value as T
}
