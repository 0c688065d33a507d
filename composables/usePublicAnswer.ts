/** What the public API answers; asked on the server, where it costs no network. An answer that is missing becomes the error page with its status. */
import type { FetchError } from 'ofetch'

export async function usePublicAnswer<T>(path: string, query?: Record<string, string | number | undefined>) {
  // The path is not written here, so comparing it with every route of ours would only tire the compiler.
  const ask = $fetch as unknown as (path: string, options: object) => Promise<T>
  const { data, error } = await useAsyncData(`${path}?${JSON.stringify(query ?? {})}`, () => ask(path, { query }))
  if (error.value || !data.value) throw createError({ statusCode: (error.value?.cause as FetchError | undefined)?.statusCode ?? error.value?.statusCode ?? 500 })
  return data.value as T
}
