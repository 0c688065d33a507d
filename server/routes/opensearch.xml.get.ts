/** GET /opensearch.xml: lets a browser search this site from its address bar (OpenSearch 1.1). */
import { defineEventHandler } from 'h3'
import { escapeHtml } from '../../shared/escape-html'
import { settings } from '../config/settings'
import { answerCacheable } from '../http/answer/answer-cacheable'

export default defineEventHandler(event => {
  const at = (path: string) => escapeHtml(settings().siteUrl + path)
  const description = `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>MyMovies</ShortName>
  <Description>Search the film reviews of MyMovies</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="192" height="192" type="image/png">${at('/icon-192.png')}</Image>
  <Url type="text/html" method="get" template="${at('/search?q={searchTerms}')}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="${at('/opensearch.xml')}"/>
</OpenSearchDescription>
`
  return answerCacheable(event, description, 'application/opensearchdescription+xml')
})
