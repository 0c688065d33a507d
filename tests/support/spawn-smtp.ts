/** The mail server of the tests, from another process. */
import { startFarProcess } from './far-process'
import type { Smtp, SmtpOptions } from './smtp'

type Calls = 'behave' | 'clear' | 'collect' | 'state'
export type RemoteSmtp = {
  [C in Calls]: (...args: Parameters<Smtp[C]>) => Promise<ReturnType<Smtp[C]>>
} & Pick<Smtp, 'port' | 'url'> & { close: () => Promise<void> }

export async function spawnSmtp(options: SmtpOptions = {}): Promise<RemoteSmtp> {
  const { greeting, call, close } = await startFarProcess<Pick<Smtp, 'port' | 'url'>>(
    'smtp',
    options,
  )
  return {
    ...greeting,
    close,
    behave: (...args) => call('behave', args),
    clear: () => call('clear', []),
    collect: () => call('collect', []),
    state: () => call('state', []),
  }
}
