/** Starts answering followers from the fediverse, in every process that may send. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { startAnswers } from '../channels/activitypub/answers/queue'
import { federates } from '../channels/activitypub/federates'
import { settings } from '../config/settings'

export default defineNitroPlugin(nitro => {
  if (import.meta.prerender || settings().role === 'web' || !federates()) return
  nitro.hooks.hook('close', startAnswers())
})
