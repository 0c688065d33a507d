/** This node's read models: started once, asked by whoever must not answer before they are up to date. */
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
