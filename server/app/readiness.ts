/** What must have happened before this process may take traffic: parts say so as they start, requests wait for it, `/ready` tells. */

const begun: { what: string; work: Promise<unknown> }[] = []
let state: 'starting' | 'ready' | 'stopping' = 'starting'
let all: Promise<void> | undefined

/** For Nitro plugins, while they run: no request is answered before `work` is done, and the process ends if it fails. `what` completes "cannot …". */
export function beforeReady<T>(what: string, work: Promise<T>): Promise<T> {
  work.catch(() => {}) // told below, where all are awaited
  begun.push({ what, work })
  return work
}

/** Throws the first failure, with what could not be done. */
export const whenReady = (): Promise<void> => (all ??= finish())

export const readiness = () => state

/** From now on a balancer should send its requests elsewhere. */
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
