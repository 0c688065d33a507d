/** Warns at start if a push service will refuse the contact that we give it. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { whenReady } from '../app/readiness'
import { contact, contactProblem } from '../channels/push/identity'
import { settings } from '../config/settings'

export default defineNitroPlugin(() => {
  if (import.meta.prerender || settings().role === 'web') return
  const problem = contactProblem(contact(settings()))
  if (!problem) return
  // Later plugins may still add to what must be ready; main.ts reports why the server cannot start.
  setImmediate(() =>
    whenReady()
      .then(() => console.warn(problem))
      .catch(() => {}),
  )
})
