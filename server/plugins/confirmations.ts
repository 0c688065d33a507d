/**
 * Starts sending confirmation emails in every process that may send, those first that were kept
 * before there was a mail server.
 */
import { defineNitroPlugin } from 'nitropack/runtime'
import { closeMailer } from '../channels/mail/mailer'
import { settings } from '../config/settings'
import { useApp } from '../db/open'
import { startConfirmations } from '../readers/confirmation/queue'
import { requeueKept } from '../readers/confirmation/requeue-kept'

export default defineNitroPlugin(nitro => {
  if (settings().role === 'web') return
  if (settings().smtpUrl)
    useApp()
      .then(app => requeueKept(app, Date.now()))
      .catch((error: Error) => console.error(`[confirmations] ${error.message}`))
  const stop = startConfirmations()
  nitro.hooks.hook('close', async () => {
    await stop()
    closeMailer()
  })
})
