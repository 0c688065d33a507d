/** GET /robots.txt: crawlers may read everything that is public; also names the sitemap. */
import { defineEventHandler } from 'h3'
import { settings } from '../config/settings'
import { answerCacheable } from '../http/cacheable-answer'

export default defineEventHandler(event =>
  answerCacheable(
    event,
    `User-agent: *\nDisallow: /editor\nDisallow: /setup\nDisallow: /sign-in\nDisallow: /search?\nDisallow: /subscribe/\n\nSitemap: ${settings().siteUrl}/sitemap.xml\n`,
    'text/plain',
  ),
)
