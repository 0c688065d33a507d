/** Starts, wakes and stops the parts that this process runs, one loop each. */
import type { Reactor } from '../contract/define-reactor'
import { type LoopContext, ReactorLoop } from './reactor-loop'

let loops: ReactorLoop[] = []

/** Returns a function that stops them. */
export function startParts(parts: Reactor[], context: LoopContext): () => Promise<void> {
  loops = parts.map(reactor => new ReactorLoop(reactor, context))
  for (const loop of loops) loop.start()
  return async () => {
    await Promise.all(loops.map(loop => loop.stop()))
  }
}

/**
 * Call this after making deliveries due from the desk: if this process runs the part they leave
 * now, otherwise within seconds.
 */
export const wakeParts = () => {
  for (const loop of loops) loop.wake()
}
