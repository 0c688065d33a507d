/**
 * GET /api/subscriptions/email/unsubscribe?token=: shows the page with the button to a reader who
 * opens the one-click address in a browser; a visit unsubscribes nobody.
 */
import { defineEventHandler, getQuery } from 'h3'
import { renderPage } from '../../../http/render-page'

export default defineEventHandler(event =>
  renderPage(
    event,
    `/subscribe/unsubscribe?${new URLSearchParams({ token: String(getQuery(event).token ?? '') })}`,
  ),
)
