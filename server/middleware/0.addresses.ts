/**
 * Answers 404 to an address that no link of ours has: one with a broken % escape or a control
 * character. It would break a page's router, or forge lines in the server's log.
 */
import { defineEventHandler } from 'h3'
import { Problem } from '../http/problem'

export default defineEventHandler(event => {
  const { originalUrl, url } = event.node.req
  if (!isWhole(originalUrl ?? url ?? '/'))
    throw new Problem(404, 'Not found', 'There is nothing at this address.')
})

function isWhole(sent: string): boolean {
  if (/\p{Cc}/u.test(sent)) return false
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(sent.split('?')[0]!))
  } catch {
    return false
  }
}
