/** What a page may know of the site: its address, from the settings and never from the Host header (a cached page must not repeat what a visitor made up), and how far the read models are. */
import { defineEventHandler } from 'h3'
import { settings } from '../config/settings'
import { viewsPosition } from '../queries/position'
import { useViews } from '../queries/views'

export default defineEventHandler(event => {
  event.context.siteUrl = settings().siteUrl
  event.context.readPosition = () => viewsPosition(useViews())
})
