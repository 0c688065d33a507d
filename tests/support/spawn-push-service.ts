/** Starts the push service in its own process, so that its work is not counted as the sender's and a crash of the sender does not reach it. */
import { fork } from 'node:child_process'
import { resolve as absolute } from 'node:path'
import type { PushService, PushServiceOptions } from './push-service.ts'

type Calls = 'subscribe' | 'subscribeMany' | 'unsubscribe' | 'behave' | 'collect' | 'count' | 'state' | 'clear'
export type RemotePushService = { [C in Calls]: (...args: Parameters<PushService[C]>) => Promise<ReturnType<PushService[C]>> } & { origin: string, cert: string, close: () => Promise<void> }

export async function spawnPushService(options: PushServiceOptions = {}): Promise<RemotePushService> {
  const child = fork(absolute('tests/support/push-service.main.ts'), [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced' })
  const waiting = new Map<number, (result: never) => void>()
  let calls = 0
  child.on('message', ({ n, result }: { n: number, result: never }) => {
    waiting.get(n)?.(result)
    waiting.delete(n)
  })
  const call = (name: string, args: unknown[]) => new Promise<never>((resolve) => {
    waiting.set(++calls, resolve)
    child.send({ n: calls, call: name, args })
  })
  const { origin, cert } = await new Promise<{ origin: string, cert: string }>((resolve, reject) => {
    waiting.set(0, resolve as (result: never) => void)
    child.once('exit', code => reject(new Error(`the push service ended with ${code}`)))
  })
  return {
    origin,
    cert,
    subscribe: (...args) => call('subscribe', args),
    subscribeMany: (...args) => call('subscribeMany', args),
    unsubscribe: (...args) => call('unsubscribe', args),
    behave: (...args) => call('behave', args),
    collect: (...args) => call('collect', args),
    count: (...args) => call('count', args),
    state: (...args) => call('state', args),
    clear: (...args) => call('clear', args),
    close: () => new Promise((resolve) => {
      child.removeAllListeners('exit').once('exit', () => resolve())
      child.disconnect()
    }),
  }
}
