/** Starts forgetting addresses that were never confirmed, in every process that may send. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { settings } from '../config/settings'
import { startForgetting } from '../readers/forget-expired'

export default defineNitroPlugin(nitro => {
  if (import.meta.prerender || settings().role === 'web') return
  nitro.hooks.hook('close', startForgetting())
})
