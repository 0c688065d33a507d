/** Confirmation letters leave from every process that may send. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { startConfirmations } from '../delivery/mail/confirmations'
import { closePost } from '../delivery/mail/post'
import { settings } from '../settings'

export default defineNitroPlugin(nitro => {
  if (settings().role === 'web') return
  const stop = startConfirmations()
  nitro.hooks.hook('close', async () => {
    await stop()
    closePost()
  })
})
