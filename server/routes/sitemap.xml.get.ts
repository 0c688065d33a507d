/** GET /sitemap.xml: every public address, for search engines (sitemaps.org). */
import { defineEventHandler } from 'h3'
import { escapeHtml } from '../../shared/escape-html'
import { answerQuery } from '../queries/answer-query'
import { allForSitemap } from '../queries/sitemap'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views, siteUrl }) => {
    const places = await allForSitemap(views)
    const urls = places.map(
      ({ path, changedAt }) =>
        `<url><loc>${escapeHtml(siteUrl + path)}</loc>${changedAt ? `<lastmod>${changedAt}</lastmod>` : ''}</url>`,
    )
    return {
      type: 'application/xml',
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('\n')}</urlset>\n`,
    }
  }),
)
