/** Who opens the address of the one click in a browser gets the page with the button; a visit unsubscribes nobody. */
import { defineEventHandler, getQuery } from 'h3'
import { renderPage } from '../../../http/render-page'

export default defineEventHandler(event =>
  renderPage(
    event,
    `/subscribe/unsubscribe?${new URLSearchParams({ token: String(getQuery(event).token ?? '') })}`,
  ),
)
