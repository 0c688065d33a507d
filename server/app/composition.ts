/** Puts the app together: the log, its read models, and the reactors that this process runs. */
import projections from '#projections'
import reactors from '#reactors'
import { settings } from '../config/settings'
import { isViewsFileGone, recreateViewsFile, useViewsWriter } from '../db/views-file'
import type { Reactor } from '../delivery/contract/define-reactor'
import { canSend } from '../delivery/contract/part-settings'
import { registerReactors } from '../delivery/contract/registry'
import { startAtHead } from '../delivery/ledger/lease'
import { useDeliveryContext } from '../delivery/planning/context'
import { startParts } from '../delivery/sending/running-parts'
import { useLog } from '../log'
import { type AfterCommit, Projector } from '../read-models/projector'
import { startProjector } from '../read-models/use-projector'
import { watchReadModels } from '../read-models/watch'

/**
 * Call this before anything else: it registers every part of this build, by the names of the files
 * in `reactors/`.
 */
export const registerParts = () => registerReactors(reactors)

/** Whether NUXT_REACTORS lets this process run it. */
const isOurs = ({ name }: Reactor) => {
  const { reactors: chosen } = settings()
  return !chosen.length || chosen.includes(name)
}

/** The parts whose state this process watches, set up or not. */
export const ourReactors = (): Reactor[] => reactors.filter(isOurs)

/** Returns the projector, and the function that stops it. */
export async function startReadModels(afterCommit: AfterCommit) {
  const projector = await startProjector(
    new Projector(useLog(), useViewsWriter(), projections, afterCommit),
  )
  const stopWatching = watchReadModels({
    projector,
    isGone: isViewsFileGone,
    recreate: recreateViewsFile,
  })
  const stop = async () => {
    stopWatching()
    await projector.stop()
  }
  return { projector, stop }
}

/**
 * Starts the parts that are set up and that this process should run; returns the function that
 * stops them.
 */
export async function startReactors(): Promise<() => Promise<void>> {
  const context = await useDeliveryContext()
  const ready = ourReactors().filter(reactor => canSend(reactor) === true)
  // Before the first publish can arrive: a part that started at the head later would have missed
  // it.
  for (const { name } of ready)
    await startAtHead(context.app, name, () => context.log.head(), Date.now())
  return startParts(ready, context)
}
