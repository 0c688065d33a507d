/** Works out the name and address that emails are sent from. */
import { readMailFrom } from '../../config/mail-from'
import { type Settings, settings } from '../../config/settings'

/** `site` has no trailing slash; `domain` is that of the address. */
export interface Sender {
  name: string
  address: string
  domain: string
  site: string
}

let ours: Sender | undefined

export const sender = (): Sender => (ours ??= senderFrom(settings()))

/**
 * From NUXT_MAIL_FROM ("MyMovies <reviews@example.com>"), or from the site's own host; the domain in
 * ASCII, because it goes into envelopes and ids.
 */
export function senderFrom({ mailFrom, siteUrl }: Pick<Settings, 'mailFrom' | 'siteUrl'>): Sender {
  const read = readMailFrom(mailFrom)
  const from = typeof read === 'string' ? undefined : read
  const address = from?.address ?? `reviews@${new URL(siteUrl).hostname}`
  return {
    name: from?.name || 'MyMovies',
    address,
    domain: address.slice(address.lastIndexOf('@') + 1),
    site: siteUrl,
  }
}
