/** Subscribes this browser to push, keeps it the same reader over time, and unsubscribes it. */
import type { Wants } from '../../shared/types/wants'
import { forgetKept, keep, readKept } from '../push/kept-subscription'
import { changeReader, readPublicKey, removeReader, subscribeReader } from '../push/push-api'

/** A subscription that moved to another endpoint is still the same reader. */
export async function registerReader(wants?: Wants) {
  const { pushManager } = await navigator.serviceWorker.ready
  const subscription = await subscribe(pushManager, await readPublicKey())
  const { endpoint } = subscription
  const kept = await readKept()
  if (kept && kept.endpoint !== endpoint) {
    const moved = await changeReader(kept, { subscription, wants }).catch(() => undefined)
    if (moved?.ok) return keep({ ...kept, wants: (await moved.json()).wants, endpoint })
  }
  const answer = await subscribeReader({ subscription, wants })
  const said = await answer.json()
  if (!answer.ok) throw new Error(said.detail ?? said.title)
  await keep({ ...said, endpoint })
  // The server had lost this reader: the new one wants the same.
  const lost = answer.status === 201 && !wants ? kept?.wants : undefined
  if (lost && (await changeReader(said, { wants: lost })).ok)
    await keep({ ...said, endpoint, wants: lost })
}

export async function unregisterReader() {
  const kept = await readKept()
  const { pushManager } = await navigator.serviceWorker.ready
  const subscription = await pushManager.getSubscription()
  await subscription?.unsubscribe()
  await forgetKept()
  // Even if this request is lost, the push service will tell the server that the subscription is gone.
  if (kept) await removeReader(kept).catch(() => undefined)
}

async function subscribe(pushManager: PushManager, publicKey: string) {
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  try {
    return await pushManager.subscribe(options)
  } catch (error) {
    const old = await pushManager.getSubscription()
    // Some browsers ask only after a press; and a subscription bound to a key that the server lost must be removed first.
    if (old && (error as DOMException).name !== 'InvalidStateError') return old
    await old?.unsubscribe()
    return pushManager.subscribe(options)
  }
}
