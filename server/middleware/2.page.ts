/**
 * Gives pages the site's address and the position of the newest public change that they show. The
 * address comes from the settings, never from the Host header: a cached page must not repeat what a
 * visitor made up.
 */
import { defineEventHandler } from 'h3'
import { settings } from '../config/settings'
import { newestChange } from '../queries/newest-change'
import { useViews } from '../queries/views'

export default defineEventHandler(event => {
  event.context.siteUrl = settings().siteUrl
  event.context.readPosition = async () => (await newestChange(useViews())).position
})
