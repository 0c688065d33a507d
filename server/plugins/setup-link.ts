/** Prints the setup link at each start until there is an owner. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { isSetUp } from '../access/people'
import { setupLink } from '../access/setup'
import { whenReady } from '../app/readiness'
import { settings } from '../config/settings'

export default defineNitroPlugin(() => {
  if (import.meta.prerender || settings().role === 'worker') return
  // Later plugins may still add to what must be ready.
  setImmediate(() =>
    whenReady()
      .then(async () => {
        if (!(await isSetUp())) console.log(`Create the first account: ${setupLink()}`)
      })
      .catch(() => {}),
  ) // main.ts reports why it cannot start
})
