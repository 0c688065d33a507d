/** The push service of the tests, from another process. */
import { startFarProcess } from './far-process'
import type { PushService, PushServiceOptions } from './push-service'

type Calls =
  'subscribe' | 'subscribeMany' | 'unsubscribe' | 'behave' | 'collect' | 'count' | 'state' | 'clear'
export type RemotePushService = {
  [C in Calls]: (...args: Parameters<PushService[C]>) => Promise<ReturnType<PushService[C]>>
} & { origin: string; cert: string; close: () => Promise<void> }

export async function spawnPushService(
  options: PushServiceOptions = {},
): Promise<RemotePushService> {
  const { greeting, call, close } = await startFarProcess<{ origin: string; cert: string }>(
    'push-service',
    options,
  )
  return {
    ...greeting,
    close,
    subscribe: (...args) => call('subscribe', args),
    subscribeMany: (...args) => call('subscribeMany', args),
    unsubscribe: (...args) => call('unsubscribe', args),
    behave: (...args) => call('behave', args),
    collect: (...args) => call('collect', args),
    count: () => call('count', []),
    state: () => call('state', []),
    clear: () => call('clear', []),
  }
}
