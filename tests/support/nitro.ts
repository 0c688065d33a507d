/** Stands in for 'nitropack/runtime' in unit tests, which run without Nitro. */
export const useRuntimeConfig = (): Record<string, unknown> => ({})
export const defineNitroPlugin = <T>(plugin: T) => plugin
export const defineTask = <T>(task: T) => task
export const useNitroApp = () => ({ hooks: { callHook: async () => {}, hook: () => () => {} } })
