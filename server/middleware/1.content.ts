/**
 * Closes Nuxt Content's query route, which takes SQL, to everybody but our own pages during
 * rendering.
 */
import { defineEventHandler } from 'h3'
import { Problem } from '../http/problem'

export default defineEventHandler(event => {
  // A request made by our own rendering has no socket; Nitro marks it.
  if (event.path.startsWith('/__nuxt_content') && !('__unenv__' in event.node.req))
    throw new Problem(404, 'Not found', 'There is nothing at this address.')
})
