/**
 * Runs a far side (mail server, push service) in its own process, so that its work does not count
 * as the sender's and a crash of the sender does not affect it.
 */
import { fork } from 'node:child_process'
import { join } from 'node:path'

export interface FarProcess<Greeting> {
  greeting: Greeting
  call: (name: string, args: unknown[]) => Promise<never>
  close: () => Promise<void>
}

/** Starts `tests/support/NAME.main.ts` with these options and waits until it is ready. */
export async function startFarProcess<Greeting>(
  name: string,
  options: object,
): Promise<FarProcess<Greeting>> {
  const child = fork(
    join(process.cwd(), `tests/support/${name}.main.ts`),
    [JSON.stringify(options)],
    { execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced' },
  )
  const waiting = new Map<number, (result: never) => void>()
  let calls = 0
  child.on('message', ({ n, result }: { n: number; result: never }) => {
    waiting.get(n)?.(result)
    waiting.delete(n)
  })
  const greeting = await new Promise<Greeting>((resolve, reject) => {
    waiting.set(0, resolve as (result: never) => void)
    child.once('exit', code => reject(new Error(`${name} ended with ${code}`)))
  })
  return {
    greeting,
    call: (call, args) =>
      new Promise(resolve => {
        waiting.set(++calls, resolve)
        child.send({ n: calls, call, args })
      }),
    close: () =>
      new Promise(resolve => {
        child.removeAllListeners('exit').once('exit', () => resolve())
        child.disconnect()
      }),
  }
}

/** The other end: `{ n, call, args }` is answered by `{ n, result }`, until the starter is gone. */
export function answerCalls(farSide: object, greeting: object) {
  process.on('message', async ({ n, call, args }: { n: number; call: string; args: unknown[] }) => {
    process.send!({
      n,
      result: await (farSide as Record<string, (...args: unknown[]) => unknown>)[call]!(...args),
    })
  })
  process.on('disconnect', () => process.exit(0))
  process.send!({ n: 0, result: greeting })
}
