/** The parts that this process runs: one loop each. */
import type { Reactor } from '../contract/define-reactor'
import { type LoopContext, ReactorLoop } from './reactor-loop'

let loops: ReactorLoop[] = []

/** Returns how to stop them. */
export function startParts(parts: Reactor[], context: LoopContext): () => Promise<void> {
  loops = parts.map(reactor => new ReactorLoop(reactor, context))
  for (const loop of loops) loop.start()
  return async () => {
    await Promise.all(loops.map(loop => loop.stop()))
  }
}

/**
 * Somebody at the desk made deliveries due: where this process runs the part they leave now,
 * elsewhere within seconds.
 */
export const wakeParts = () => {
  for (const loop of loops) loop.wake()
}
