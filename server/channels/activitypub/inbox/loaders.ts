/** How Fedify gets the documents of strangers: through the guarded client, signed, and never too often. */
import { settings } from '../../../config/settings'
import { take } from '../../../http/limits'
import { fetchFor } from '../../../outbound/client'
import { actorUrl, host, SITE } from '../addresses'
import { sign } from '../delivery/sign'

interface RemoteDocument {
  contextUrl: null
  documentUrl: string
  document: unknown
}
export type Loader = (url: string) => Promise<RemoteDocument>

const ACCEPT =
  'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
const JSON_TYPES = /^application\/(?:activity\+|ld\+)?json\b/
const MOST_BYTES = 500_000
const TIMEOUT_MS = 8000

/** The status that an address answered with; 0 where there was no answer of use. */
export class NoDocument extends Error {
  constructor(
    readonly url: string,
    readonly status: number,
    why: string,
  ) {
    super(`${URL.parse(url)?.host ?? 'the address'} ${why}`)
    this.name = 'NoDocument'
  }
}

/** For one request: the same address is fetched once. */
export function documentLoader(): Loader {
  const loaded = new Map<string, Promise<RemoteDocument>>()
  return url => {
    const address = url.split('#')[0]!
    const known = loaded.get(address) ?? load(address)
    loaded.set(address, known)
    return known
  }
}

/**
 * Only the contexts that Fedify has with it: any other is read as an empty one, so that a document never
 * makes us fetch what it names. All terms that we read are in those.
 */
export const contextLoader: Loader = async url => {
  const { preloadedContexts } = await import('@fedify/fedify/runtime')
  const document = Object.hasOwn(preloadedContexts, url)
    ? preloadedContexts[url]
    : { '@context': {} }
  return { contextUrl: null, documentUrl: url, document }
}

/** For what must already be in the document itself. */
export const noLoader: Loader = async url => {
  throw new NoDocument(url, 0, 'is not asked')
}

/** Signed as the publication, because some servers answer nobody else (GoToSocial, and others in their secure mode). */
async function load(url: string): Promise<RemoteDocument> {
  if (URL.parse(url)?.host === host()) throw new NoDocument(url, 0, 'is this site itself')
  if (take('documents', url)) throw new NoDocument(url, 0, 'was asked too often')
  const headers = { accept: ACCEPT, 'user-agent': `MyMovies (+${settings().siteUrl})` }
  const request = await sign(new Request(url, { headers }), actorUrl(SITE), 'cavage')
  const answer = await fetchFor('activitypub')(request, {
    timeout: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
  } as RequestInit)
  if (!answer.ok) throw new NoDocument(url, answer.status, `answered ${answer.status}`)
  if (!JSON_TYPES.test(answer.headers.get('content-type') ?? ''))
    throw new NoDocument(url, 0, 'answered no document')
  return { contextUrl: null, documentUrl: url, document: await answer.json() }
}
