/** The house put together: the log, its read models and the reactors that this process runs. */
import reactors from '#reactors'
import projections from '#projections'
import { useApp, useViewsWriter } from './db/open'
import type { Reactor } from './delivery/define-reactor'
import { startAlerts } from './delivery/alerts/start'
import { Projector, type AfterCommit } from './delivery/project'
import { standAtHead } from './delivery/lease'
import { canSend } from './delivery/part-settings'
import { ReactorRun } from './delivery/run'
import { useLog } from './log'
import { settings } from './settings'

let projector: Projector | undefined

/** This node's read models; `passed(position)` answers when a page loaded here shows that fact. */
export const useProjector = () => {
  if (!projector) throw new Error('the read models are not started yet')
  return projector
}

export async function startProjector(afterCommit: AfterCommit) {
  projector = new Projector(useLog(), useViewsWriter(), projections, afterCommit)
  await projector.start()
  return projector
}

export const everyReactor = (): Reactor[] => reactors

/** Whether this process is asked to run it. */
const isOurs = ({ name }: Reactor) => {
  const { reactors: wanted } = settings()
  return !wanted.length || wanted.includes(name)
}

/** Looks after the consumers of this process, and writes to the operators what needs a person. Stop it with the answer. */
export const startAlerting = async () =>
  startAlerts({
    app: await useApp(),
    log: useLog(),
    projector: useProjector(),
    reactors: reactors.filter(isOurs),
    canSend,
  })

let runs: ReactorRun[] = []

/** Somebody at the desk made deliveries due: where this process runs the part they leave now, elsewhere within seconds. */
export const wakeParts = () => {
  for (const run of runs) run.wake()
}

/** Starts the parts that are set up and that this process is asked to run. Stop them with the answer. */
export async function startReactors(): Promise<() => Promise<void>> {
  const { siteUrl, holdSeconds } = settings()
  const house = { app: await useApp(), log: useLog(), siteUrl, holdMs: holdSeconds * 1000 }
  const able = reactors.filter(r => canSend(r) === true && isOurs(r))
  // Before the first publish can come: a part that took its place later would have missed it.
  for (const { name } of able)
    await standAtHead(house.app, name, () => house.log.head(), Date.now())
  runs = able.map(reactor => new ReactorRun(reactor, house))
  for (const run of runs) run.start()
  return async () => {
    await Promise.all(runs.map(run => run.stop()))
  }
}
