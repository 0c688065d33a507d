/**
 * Tells the calls that a page makes while it is rendered who the visitor is: such a call has no
 * socket, and without this all visitors would share one limit.
 */
import { defineNitroPlugin } from 'nitropack/runtime'
import { clientAddress } from '../http/limits'

export default defineNitroPlugin(nitroApp => {
  nitroApp.hooks.hook('request', event => {
    // Nitro passes `_platform` on to the context of a request that never leaves this process.
    event.context._platform = {
      ...event.context._platform,
      visitorAddress: clientAddress(event),
    }
  })
})
