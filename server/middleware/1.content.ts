/** Nuxt Content's query route takes SQL; our pages ask it while they render, nobody else may. */
import { defineEventHandler } from 'h3'
import { Problem } from '../http/problem'

export default defineEventHandler(event => {
  // A request that our own rendering makes has no socket; Nitro marks it.
  if (event.path.startsWith('/__nuxt_content') && !('__unenv__' in event.node.req))
    throw new Problem(404, 'Not found', 'There is nothing at this address.')
})
