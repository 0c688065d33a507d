/** When the push service issues a new address, sends it to the server with the token that the page kept, so that this stays the same reader. */
import { keep, readKept } from '../push/kept-subscription'
import { changeReader, readPublicKey, subscribeReader } from '../push/push-api'

declare const self: ServiceWorkerGlobalScope

/** TypeScript's lib has the event but not its two members: https://w3c.github.io/push-api/#the-pushsubscriptionchange-event */
interface SubscriptionChange {
  newSubscription?: PushSubscription | null
  oldSubscription?: PushSubscription | null
}

export async function renewSubscription(change: SubscriptionChange) {
  const subscription = change.newSubscription ?? (await subscribeAgain(change.oldSubscription))
  const kept = await readKept()
  const changed = kept && (await changeReader(kept, { subscription }))
  if (changed?.ok) {
    const { wants } = await changed.json()
    return keep({ ...kept!, wants, endpoint: subscription.endpoint })
  }
  // Nothing was kept, or the server has forgotten it: a new reader, who wants the same.
  const answer = await subscribeReader({ subscription, wants: kept?.wants })
  // If the server is busy, what was kept stays: the next visit to a page moves it to the new address.
  if (!answer.ok) return
  await keep({ ...(await answer.json()), endpoint: subscription.endpoint })
}

async function subscribeAgain(old: PushSubscription | null | undefined) {
  return self.registration.pushManager.subscribe(
    old?.options.applicationServerKey
      ? old.options
      : { userVisibleOnly: true, applicationServerKey: await readPublicKey() },
  )
}
