/** A part of the system in the words of the desk: what it is doing, and how much is waiting for it. */
import type { PartState } from '~/shared/types/part-state'

/** Deliveries that have not been sent yet; for a part without any, the events that it has not read. */
export const waitingOf = ({ waiting = 0, lag = 0 }: PartState) => waiting || lag

export function partStateWord(part: PartState): string {
  if (part.rebuild !== undefined) return `Rebuilding, ${Math.floor(part.rebuild * 100)} %`
  if (part.state !== 'Following') return part.state
  if (!waitingOf(part)) return 'Up to date'
  return part.kind === 'reactor' ? 'Sending' : 'Catching up'
}

/**
 * "Everything is up to date.", or which parts are not; parts that are not set up do not count. While
 * a read model is rebuilt, pages show the old one, which is up to date.
 */
export function allPartsWords(parts: PartState[]): string {
  const running = parts.filter(part => part.state !== 'Not set up')
  const others = running.filter(
    part => partStateWord({ ...part, rebuild: undefined }) !== 'Up to date',
  )
  if (!others.length) return 'Everything is up to date.'
  const names = new Intl.ListFormat('en-GB').format(others.map(part => part.label))
  return `Not up to date: ${names}.`
}
