/** A stand-in for the few functions of Nuxt that components use; their requests go to the same `fetch` as all others. */
import { type MaybeRefOrGetter, reactive, type Ref, ref, shallowRef, toValue } from 'vue'

/** Where the page is, and where a component sent it. */
export const route = reactive({ path: '/', query: {} as Record<string, string> })
export const visited: string[] = []

const states = new Map<string, Ref<unknown>>()

export function resetNuxt() {
  Object.assign(route, { path: '/', query: {} })
  visited.length = 0
  states.clear()
}

export const useRoute = () => route
export const navigateTo = async (path: string) => void visited.push(path)
export const useRequestEvent = () => undefined
export const useHead = () => {}
export const useSeoMeta = () => {}
export const callOnce = async (act: () => unknown) => void (await act())
export const createError = (options: { statusCode: number }) =>
  Object.assign(new Error(`error ${options.statusCode}`), options)

export function useState<T>(key: string, initial: () => T): Ref<T> {
  if (!states.has(key)) states.set(key, ref(initial()) as Ref<unknown>)
  return states.get(key) as Ref<T>
}

export const useFetch = <T>(
  path: MaybeRefOrGetter<string>,
  options: { query?: Record<string, unknown> } = {},
) => useAsyncData<T>('', () => $fetch(toValue(path), { query: options.query }) as Promise<T>)

/** As in Nuxt, the result can be used at once or awaited. */
export function useAsyncData<T>(_key: string, ask: () => Promise<T>) {
  const data = shallowRef<T>()
  const error = shallowRef<unknown>()
  async function refresh() {
    try {
      data.value = await ask()
      error.value = undefined
    } catch (reason) {
      error.value = reason
    }
  }
  const result = { data, error, refresh }
  return Object.assign(
    refresh().then(() => result),
    result,
  )
}
