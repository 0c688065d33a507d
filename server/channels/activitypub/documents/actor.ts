/** An actor as other servers see it (ActivityPub, 4.1), with the key that its signatures are checked with. */
import { escapeHtml } from '../../../../shared/escape-html'
import { bioOf } from '../../../access/bio'
import { settings } from '../../../config/settings'
import type { OurActor } from '../actors'
import {
  actorUrl,
  followersUrl,
  followingUrl,
  inboxUrl,
  outboxUrl,
  sharedInboxUrl,
  SITE,
} from '../addresses'
import { aliasesOf } from '../aliases'
import { signingKey } from '../keys'
import { type Document, withContext } from './context'

const ABOUT_SITE = '<p>Movie reviews by the critics of MyMovies.</p>'
const ABOUT_CRITIC = 'Reviews movies at MyMovies.'

export async function actorDocument({ id, handle, name, path }: OurActor): Promise<Document> {
  const { siteUrl } = settings()
  const { id: keyId, publicPem } = await signingKey(id)
  const aliases = await aliasesOf(id)
  const isSite = id === SITE
  return withContext({
    id: actorUrl(id),
    type: isSite ? 'Organization' : 'Person',
    preferredUsername: handle,
    name,
    summary: isSite ? ABOUT_SITE : await aboutCritic(id),
    url: siteUrl + path,
    icon: { type: 'Image', mediaType: 'image/png', url: `${siteUrl}/icon-512.png` },
    inbox: inboxUrl(id),
    outbox: outboxUrl(id),
    followers: followersUrl(id),
    following: followingUrl(id),
    endpoints: { sharedInbox: sharedInboxUrl() },
    manuallyApprovesFollowers: false,
    discoverable: true,
    indexable: true,
    ...(aliases.length && { alsoKnownAs: aliases }),
    publicKey: { id: keyId, owner: actorUrl(id), publicKeyPem: publicPem },
  })
}

/** What they say about themselves on their page, if they do. */
const aboutCritic = async (id: string) =>
  `<p>${escapeHtml((await bioOf(id)).text ?? ABOUT_CRITIC)}</p>`
