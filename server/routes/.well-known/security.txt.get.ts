/** GET /.well-known/security.txt: whom to tell about a weakness (RFC 9116); 404 while no contact is set. */
import { defineEventHandler } from 'h3'
import { settings } from '../../config/settings'
import { answerCacheable } from '../../http/answer/answer-cacheable'
import { problem } from '../../http/problem'

const YEAR = 365 * 86_400_000

export default defineEventHandler(event => {
  const { siteUrl, securityContact } = settings()
  if (!securityContact) return problem(404, 'Not found', 'This site names no contact for security.')
  const contact = /^(?:https|mailto):/.test(securityContact)
    ? securityContact
    : `mailto:${securityContact}`
  // The same all day, so that its tag is too.
  const expires = new Date(Date.now() + YEAR).toISOString().replace(/T.*/, 'T00:00:00Z')
  return answerCacheable(
    event,
    `Contact: ${contact}\nExpires: ${expires}\nPreferred-Languages: en\nCanonical: ${siteUrl}/.well-known/security.txt\n`,
    'text/plain',
  )
})
