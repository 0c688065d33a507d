/** The stand-in for X, from another process. */
import { startFarProcess } from './far-process'
import type { X } from './x'

type Calls = 'behave' | 'useKeys' | 'state'
export type RemoteX = { [C in Calls]: (...args: Parameters<X[C]>) => Promise<ReturnType<X[C]>> } & {
  url: string
  close: () => Promise<void>
}

export async function spawnX(): Promise<RemoteX> {
  const { greeting, call, close } = await startFarProcess<{ url: string }>('x', {})
  return {
    ...greeting,
    close,
    behave: (...args) => call('behave', args),
    useKeys: (...args) => call('useKeys', args),
    state: () => call('state', []),
  }
}
