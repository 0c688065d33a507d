/** Starts deleting posters that nothing uses any more, in every process that may send. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { settings } from '../config/settings'
import { startDroppingPosters } from '../desk/unused-posters'

export default defineNitroPlugin(nitro => {
  if (import.meta.prerender || settings().role === 'web') return
  nitro.hooks.hook('close', startDroppingPosters())
})
