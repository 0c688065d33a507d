/** The parts that this process runs: one loop each. */
import type { Reactor } from '../contract/define-reactor'
import { type LoopContext, ReactorLoop } from './reactor-loop'

let runs: ReactorLoop[] = []

/** Stops them with the answer. */
export function startParts(parts: Reactor[], house: LoopContext): () => Promise<void> {
  runs = parts.map(reactor => new ReactorLoop(reactor, house))
  for (const run of runs) run.start()
  return async () => {
    await Promise.all(runs.map(run => run.stop()))
  }
}

/** Somebody at the desk made deliveries due: where this process runs the part they leave now, elsewhere within seconds. */
export const wakeParts = () => {
  for (const run of runs) run.wake()
}
