/** Runs work one piece after another, where doing it all at once would take too much. */

/**
 * The returned function runs its work once all earlier work is done, whether that succeeded or
 * failed.
 */
export function serialQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve()
  return work => {
    const done = before.then(work)
    before = done.catch(() => {})
    return done
  }
}
