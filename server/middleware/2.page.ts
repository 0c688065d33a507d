/**
 * Gives pages the site's address and the position of the read models. The address comes from the
 * settings, never from the Host header: a cached page must not repeat what a visitor made up.
 */
import { defineEventHandler } from 'h3'
import { settings } from '../config/settings'
import { viewsPosition } from '../queries/position'
import { useViews } from '../queries/views'

export default defineEventHandler(event => {
  event.context.siteUrl = settings().siteUrl
  event.context.readPosition = () => viewsPosition(useViews())
})
