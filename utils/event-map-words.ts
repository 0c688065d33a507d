/** What the event map says about a listener now. */
import type { EventMap, Listener } from '~/shared/types/event-map'

/** "3 behind, 12 waiting"; a stream is never behind. */
export function lagWords(
  { traffic, notSetUp }: EventMap,
  { name, label, kind }: Pick<Listener, 'name' | 'label' | 'kind'>,
): string {
  if (kind === 'stream') return 'live'
  if (notSetUp.includes(label)) return 'not set up'
  const { lag = 0, waiting = 0, dead = 0 } = traffic?.listeners[name] ?? {}
  const troubles = [
    lag && `${lag} behind`,
    waiting && `${waiting} waiting`,
    dead && `${dead} failed`,
  ].filter(Boolean)
  return troubles.join(', ') || 'up to date'
}
