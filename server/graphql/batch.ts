/** Collects what is asked for one by one and loads it together, so that a list costs one statement. */

/**
 * What `load` returns, by key; each key is loaded once, and those of `given` never. Keys asked for within one turn of the event
 * loop, and the promises that follow from it, go together.
 */
export function batched<Value>(
  load: (keys: string[]) => Promise<ReadonlyMap<string, Value>>,
  given: ReadonlyMap<string, Value> = new Map(),
): (key: string) => Promise<Value | undefined> {
  const known = new Map<string, Promise<Value | undefined>>()
  for (const [key, value] of given) known.set(key, Promise.resolve(value))
  let waiting: { keys: string[]; loaded: Promise<ReadonlyMap<string, Value>> } | undefined

  function gather() {
    const keys: string[] = []
    const loaded = new Promise<void>(resolve => setImmediate(resolve)).then(() => {
      waiting = undefined
      return load(keys)
    })
    return { keys, loaded }
  }

  return key => {
    const before = known.get(key)
    if (before) return before
    waiting ??= gather()
    waiting.keys.push(key)
    const value = waiting.loaded.then(found => found.get(key))
    known.set(key, value)
    return value
  }
}
