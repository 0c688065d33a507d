/** The stand-in for Instagram, from another process. */
import { startFarProcess } from './far-process'
import type { Instagram } from './instagram'

type Calls = 'behave' | 'state'
export type RemoteInstagram = {
  [C in Calls]: (...args: Parameters<Instagram[C]>) => Promise<ReturnType<Instagram[C]>>
} & { url: string; close: () => Promise<void> }

export async function spawnInstagram(): Promise<RemoteInstagram> {
  const { greeting, call, close } = await startFarProcess<{ url: string }>('instagram', {})
  return {
    ...greeting,
    close,
    behave: (...args) => call('behave', args),
    state: () => call('state', []),
  }
}
