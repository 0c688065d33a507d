/** Makes this browser a reader by push, keeps it the same one, and lets it go. */
import type { Wants } from '../../shared/types/wants'
import { forgetKept, keep, readKept } from '../push/kept-subscription'
import { changeReader, readPublicKey, removeReader, subscribeReader } from '../push/push-api'

/** A subscription that moved to another endpoint stays the same reader. */
export async function registerReader(wants?: Wants) {
  const { pushManager } = await navigator.serviceWorker.ready
  const subscription = await subscribe(pushManager, await readPublicKey())
  const { endpoint } = subscription
  const kept = await readKept()
  if (kept && kept.endpoint !== endpoint) {
    const moved = await changeReader(kept, { subscription, wants }).catch(() => undefined)
    if (moved?.ok) return keep({ ...kept, endpoint })
  }
  const answer = await subscribeReader({ subscription, wants })
  const said = await answer.json()
  if (!answer.ok) throw new Error(said.detail ?? said.title)
  await keep({ ...said, endpoint })
}

export async function unregisterReader() {
  const kept = await readKept()
  const { pushManager } = await navigator.serviceWorker.ready
  const subscription = await pushManager.getSubscription()
  await subscription?.unsubscribe()
  await forgetKept()
  // The push service will tell the server that nobody is there, even if this request is lost.
  if (kept) await removeReader(kept).catch(() => undefined)
}

async function subscribe(pushManager: PushManager, publicKey: string) {
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  try {
    return await pushManager.subscribe(options)
  } catch (error) {
    const old = await pushManager.getSubscription()
    // Some browsers ask only after a press; and one bound to a key that the server lost must go first.
    if (old && (error as DOMException).name !== 'InvalidStateError') return old
    await old?.unsubscribe()
    return pushManager.subscribe(options)
  }
}
