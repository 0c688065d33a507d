/**
 * Sets security headers on every answer where they mean something; pages with inline scripts (the
 * desk, setup, sign-in) get a nonce and are never cached.
 */
import { getResponseHeader, removeResponseHeader, setResponseHeader, setResponseHeaders } from 'h3'
import { defineNitroPlugin } from 'nitropack/runtime'
import {
  contentPolicy,
  DOCUMENT_HEADERS,
  isPartOfPage,
  nonceInlineScripts,
  securityHeaders,
} from '../http/security-headers'

export default defineNitroPlugin(nitroApp => {
  const headers = securityHeaders()
  nitroApp.hooks.hook('request', event => {
    setResponseHeaders(event, headers)
  })
  nitroApp.hooks.hook('render:html', (html, { event }) => {
    const nonce = nonceInlineScripts(html)
    if (!nonce) return
    setResponseHeader(event, 'content-security-policy', contentPolicy(nonce))
    setResponseHeader(event, 'cache-control', 'private, no-store')
  })
  nitroApp.hooks.hook('beforeResponse', event => {
    removeResponseHeader(event, 'x-powered-by')
    if (isPartOfPage(event.path, getResponseHeader(event, 'content-type')))
      for (const name of DOCUMENT_HEADERS) removeResponseHeader(event, name)
  })
})
