/** Fetches one of our scripts when it is first needed, and tries again until it has it: a page that was offline then must not stay behind. */

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000

const scripts = new Map<string, Promise<unknown>>()

export const fetchScript = <T>(path: string): Promise<T> => {
  if (!scripts.has(path)) scripts.set(path, fetchPatiently(path))
  return scripts.get(path) as Promise<T>
}

async function fetchPatiently(path: string): Promise<unknown> {
  for (let failures = 0; ; failures++)
    try {
      // A browser remembers that an address failed, so each attempt has its own.
      return await import(/* @vite-ignore */ failures ? `${path}?attempt=${failures}` : path)
    } catch {
      await onlineOrAfter(Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS))
    }
}

const onlineOrAfter = (ms: number) =>
  new Promise<void>(resolve => {
    setTimeout(resolve, ms)
    addEventListener('online', () => resolve(), { once: true })
  })
