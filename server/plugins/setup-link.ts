/** Until there is an owner, each start prints the link that makes one. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { isSetUp } from '../access/people'
import { setupLink } from '../access/setup'
import { whenReady } from '../app/readiness'
import { settings } from '../config/settings'

export default defineNitroPlugin(() => {
  if (import.meta.prerender || settings().role === 'worker') return
  // Plugins that come later may still add to what must be ready.
  setImmediate(() =>
    whenReady()
      .then(async () => {
        if (!(await isSetUp())) console.log(`Create the first account: ${setupLink()}`)
      })
      .catch(() => {}),
  ) // main.ts says why it cannot start
})
