/** Starts sending confirmation emails in every process that may send. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { closeMailer } from '../channels/mail/mailer'
import { settings } from '../config/settings'
import { startConfirmations } from '../readers/confirmation/queue'

export default defineNitroPlugin(nitro => {
  if (settings().role === 'web') return
  const stop = startConfirmations()
  nitro.hooks.hook('close', async () => {
    await stop()
    closeMailer()
  })
})
