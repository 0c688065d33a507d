/** Work that would crowd the house is done one piece after the other. */

/** Runs what it is given when all before it is done, well or badly. */
export function serialQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve()
  return work => {
    const done = before.then(work)
    before = done.catch(() => {})
    return done
  }
}
