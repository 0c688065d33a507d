/**
 * This node's projector: started once, and asked by code that must not answer before the read
 * models are up to date.
 */
import type { Projector } from './projector'

let projector: Projector | undefined

/** `passed(position)` resolves once a page loaded here shows that event. */
export function useProjector(): Projector {
  if (!projector) throw new Error('the read models are not started yet')
  return projector
}

export async function startProjector(ofThisNode: Projector): Promise<Projector> {
  projector = ofThisNode
  await projector.start()
  return projector
}

/** Resolves once no rebuild of this process is under way; at once where it has no projector. */
export const rebuildsDone = async () => projector?.rebuilds.done()

/** False where this process has read models that did not pass the position in time; `timeout` in ms. */
export const readModelsPassed = async (position: number, timeout: number) =>
  projector ? projector.passed(position, timeout) : true
