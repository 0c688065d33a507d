/** Reads from the public API during rendering on the server, without the network. A missing answer becomes the error page with its status. */
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
