/** At start: samples into an empty log, read models to its head, then the reactors and the clock of scheduled reviews. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { startSchedule } from '../drafts/schedule'
import { startProjector, startReactors } from '../house'
import { useHub } from '../live'
import { fireHooks } from '../live/fire-hooks'
import { closeLog, useLog } from '../log'
import { beforeReady } from '../readiness'
import { seedSamples } from '../seed'
import { settings } from '../settings'

export default defineNitroPlugin((nitro) => {
  if (import.meta.prerender) return // a build opens no log
  const started = beforeReady('start the read models and the parts', start())
  nitro.hooks.hook('close', async () => {
    for (const stop of await started) await stop()
    await closeLog()
  })

  async function start(): Promise<(() => Promise<void>)[]> {
    const { role } = settings(), log = useLog()
    await seedSamples(log)
    const projector = await startProjector(events => fireHooks(nitro.hooks, events))
    useHub().position = projector.position
    const stopProjector = () => projector.stop()
    return role === 'web' ? [stopProjector] : [startSchedule(), await startReactors(), stopProjector]
  }
})
