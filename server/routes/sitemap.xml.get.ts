/** GET /sitemap.xml: every public address, for search engines (sitemaps.org). */
import { defineEventHandler } from 'h3'
import { escapeHtml } from '../../shared/escape-html'
import { settings } from '../config/settings'
import { answerCacheable } from '../http/cacheable-answer'
import { allForSitemap } from '../queries/sitemap'
import { useViews } from '../queries/views'

export default defineEventHandler(async event => {
  const { siteUrl } = settings()
  const places = await allForSitemap(useViews())
  const urls = places.map(
    ({ path, changedAt }) =>
      `<url><loc>${escapeHtml(siteUrl + path)}</loc>${changedAt ? `<lastmod>${changedAt}</lastmod>` : ''}</url>`,
  )
  return answerCacheable(
    event,
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('\n')}</urlset>\n`,
    'application/xml',
  )
})
