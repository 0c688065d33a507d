/** Starts the mail server in its own process, so that its work is not counted as the sender's and a crash of the sender does not reach it. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Smtp, SmtpOptions } from './smtp.ts'

type Calls = 'behave' | 'clear' | 'collect' | 'state'
export type RemoteSmtp = { [C in Calls]: (...args: Parameters<Smtp[C]>) => Promise<ReturnType<Smtp[C]>> } & Pick<Smtp, 'port' | 'url'> & { close: () => Promise<void> }

export async function spawnSmtp(options: SmtpOptions = {}): Promise<RemoteSmtp> {
  const child = fork(join(process.cwd(), 'tests/support/smtp.main.ts'), [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced' })
  const waiting = new Map<number, (result: never) => void>()
  let calls = 0
  child.on('message', ({ n, result }: { n: number, result: never }) => {
    waiting.get(n)?.(result)
    waiting.delete(n)
  })
  const call = (name: Calls, args: unknown[]) => new Promise<never>((resolve) => {
    waiting.set(++calls, resolve)
    child.send({ n: calls, call: name, args })
  })
  const { port, url } = await new Promise<Pick<Smtp, 'port' | 'url'>>((resolve, reject) => {
    waiting.set(0, resolve as (result: never) => void)
    child.once('exit', code => reject(new Error(`the mail server ended with ${code}`)))
  })
  return {
    behave: (...args) => call('behave', args), clear: () => call('clear', []), collect: () => call('collect', []), state: () => call('state', []),
    port, url,
    close: () => new Promise((resolve) => {
      child.removeAllListeners('exit').once('exit', () => resolve())
      child.disconnect()
    }),
  }
}
