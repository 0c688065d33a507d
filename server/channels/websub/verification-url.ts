/** The address at which a subscriber is asked whether it really sent a request (WebSub, 5.3.1). */
import type { HubRequest } from './request'

/** A callback's own query stays in front, as it is. */
export function verificationUrl(
  {
    mode,
    askedTopic,
    callback,
    leaseSeconds,
  }: Pick<HubRequest, 'mode' | 'askedTopic' | 'callback' | 'leaseSeconds'>,
  challenge: string,
): string {
  const asked = new URLSearchParams({
    'hub.mode': mode,
    'hub.topic': askedTopic,
    'hub.challenge': challenge,
    ...(mode === 'subscribe' && { 'hub.lease_seconds': String(leaseSeconds) }),
  })
  return `${callback}${callback.includes('?') ? '&' : '?'}${asked}`
}
