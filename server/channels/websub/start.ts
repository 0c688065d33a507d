/** Runs what the hub does by itself: it asks subscribers to confirm, and forgets what has expired. */
import { useApp } from '../../db/open'
import { startPolling } from '../../kit/polling-loop'
import { forgetExpired } from './forget-expired'
import { Verifier } from './verifications'

const LOOK_MS = 1000
const FORGET_MS = 60_000

let wake = () => {}

/** Looks at once for requests that wait. */
export const wakeHub = () => wake()

/** Checks each second for what other processes took. Returns a function that stops it. */
export async function startHub(head: () => Promise<number>): Promise<() => Promise<void>> {
  const app = await useApp()
  const now = Date.now
  const verifier = new Verifier({ app, head, now, onDone: () => wake() })
  const report = (error: Error) => {
    console.error(`[hub] ${error.message}`)
    return false
  }
  const asking = startPolling(() => verifier.round().catch(report), LOOK_MS)
  const forgetting = startPolling(
    () => forgetExpired(app, now()).then(() => false, report),
    FORGET_MS,
  )
  wake = asking.wake
  return async () => {
    await Promise.all([asking.stop(), forgetting.stop()])
    await verifier.stop()
  }
}
