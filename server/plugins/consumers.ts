/**
 * Starts the consumers: imports samples into an empty log, brings the read models to its head, then
 * starts the reactors, the schedule and the alerts.
 */
import { defineNitroPlugin } from 'nitropack/runtime'
import { ourReactors, startReactors, startReadModels } from '../app/composition'
import { beforeReady } from '../app/readiness'
import { settings } from '../config/settings'
import { useApp } from '../db/open'
import { canSend } from '../delivery/contract/part-settings'
import { refuseTruncatedLog } from '../delivery/ledger/truncated-log'
import { eraseAgain } from '../desk/erase-again'
import { startSchedule } from '../desk/schedule'
import { seedSamples } from '../imports/samples/import-samples'
import { useHub } from '../live'
import { fireHooks } from '../live/fire-hooks'
import { closeLog, useLog } from '../log'
import { startAlerts } from '../operations/alerts/start'
import { signedCard } from '../queries/critic-slugs'

export default defineNitroPlugin(nitro => {
  if (import.meta.prerender) return // a build opens no log
  const started = beforeReady('start the read models and the parts', start())
  let stopping: Promise<unknown> | undefined
  const stopSenders = () =>
    (stopping ??= started.then(({ senders }) => Promise.all(senders.map(stop => stop()))))
  // While the last answers are sent, not after them: together they must finish in less than 5 s.
  nitro.hooks.hook('shutdown', async () => {
    await stopSenders()
  })
  nitro.hooks.hook('close', async () => {
    await stopSenders()
    await (await started).stopReadModels()
    await closeLog()
  })

  async function start() {
    await refuseTruncatedLog(await useApp(), useLog())
    await seedSamples(useLog())
    const { projector, stop } = await startReadModels(events =>
      fireHooks(nitro.hooks, events, signedCard),
    )
    useHub().position = projector.position
    if (settings().role === 'web') return { stopReadModels: stop, senders: [] }
    // Before anybody can read what an older backup brought back.
    await eraseAgain().catch((error: Error) =>
      console.error(`an erasure could not be finished: ${error.message}`),
    )
    const stopReactors = await startReactors()
    const stopAlerts = startAlerts({
      app: await useApp(),
      log: useLog(),
      projector,
      reactors: ourReactors(),
      canSend,
    })
    return { stopReadModels: stop, senders: [startSchedule(), stopReactors, stopAlerts] }
  }
})
