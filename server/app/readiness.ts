/**
 * What must be done before this process may take traffic: plugins register it as they start,
 * requests wait for it, and `/ready` reports it.
 */

const begun: { what: string; work: Promise<unknown> }[] = []
let state: 'starting' | 'ready' | 'stopping' = 'starting'
let all: Promise<void> | undefined

/**
 * For Nitro plugins, while they start: no request is answered before `work` is done, and the
 * process exits if it fails. `what` completes "cannot …".
 */
export function beforeReady<T>(what: string, work: Promise<T>): Promise<T> {
  work.catch(() => {}) // reported below, where all are awaited
  begun.push({ what, work })
  return work
}

/** Throws the first failure, and says what could not be done. */
export const whenReady = (): Promise<void> => (all ??= finish())

export const readiness = () => state

/** From now on a load balancer should send its requests elsewhere. */
export function stopBeingReady() {
  state = 'stopping'
}

async function finish() {
  for (const { what, work } of begun) {
    await work.catch((cause: Error) => {
      throw new Error(`cannot ${what}: ${cause.message}`, { cause })
    })
  }
  if (state === 'starting') state = 'ready'
}
