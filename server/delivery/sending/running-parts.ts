/** The parts that this process runs: one loop each. */
import type { Reactor } from '../contract/define-reactor'
import { type House, ReactorRun } from './reactor-loop'

let runs: ReactorRun[] = []

/** Stops them with the answer. */
export function runParts(parts: Reactor[], house: House): () => Promise<void> {
  runs = parts.map(reactor => new ReactorRun(reactor, house))
  for (const run of runs) run.start()
  return async () => {
    await Promise.all(runs.map(run => run.stop()))
  }
}

/** Somebody at the desk made deliveries due: where this process runs the part they leave now, elsewhere within seconds. */
export const wakeParts = () => {
  for (const run of runs) run.wake()
}
