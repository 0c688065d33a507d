/** The server's endpoints for push subscriptions, for the page and the service worker. */
import type { Wants } from '../../shared/types/wants'
import type { KeptSubscription } from './kept-subscription'

interface SubscriptionBody {
  subscription?: PushSubscription
  /** Without wants, the server keeps those that it has. */
  wants?: Wants
}

export const subscribeReader = (body: SubscriptionBody) => send('POST', '', body)

export const changeReader = ({ id, manageToken }: KeptSubscription, body: SubscriptionBody) =>
  send('PATCH', `/${id}`, body, manageToken)

export const removeReader = ({ id, manageToken }: KeptSubscription) =>
  send('DELETE', `/${id}`, undefined, manageToken)

/** The public key that the push service binds a subscription to. */
export async function readPublicKey(): Promise<string> {
  const answer = await fetch('/api/push/key')
  const { publicKey } = await answer.json()
  return publicKey
}

const send = (method: string, path: string, body?: SubscriptionBody, token?: string) =>
  fetch(`/api/subscriptions/push${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
  })
