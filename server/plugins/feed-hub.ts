/** Starts the hub for feeds in every process that runs it. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { hubAddress } from '../channels/websub/hub-address'
import { startHub } from '../channels/websub/start'
import { settings } from '../config/settings'
import { useLog } from '../log'

export default defineNitroPlugin(nitro => {
  if (import.meta.prerender || settings().role === 'web' || !hubAddress()) return
  const started = startHub(() => useLog().head())
  nitro.hooks.hook('shutdown', async () => {
    const stop = await started
    await stop()
  })
})
