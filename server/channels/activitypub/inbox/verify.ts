/**
 * Checks that an activity was sent by its actor: the signature (draft-cavage-12 or RFC 9421) covers this
 * body and this address, is not older than an hour, and its key is the actor's by their own server's word.
 */
import { createHash } from 'node:crypto'
import { getRequestHeaders, type H3Event } from 'h3'
import { settings } from '../../../config/settings'
import { Problem } from '../../../http/problem'
import { host } from '../addresses'
import { missingCoverage } from './coverage'
import { keepOwner, knownKeys, ownerOf } from './known-keys'
import { contextLoader, documentLoader, type Loader } from './loaders'
import type { Posted } from './read-activity'
import { fetchActor, type RemoteActor } from './remote-actor'

/** `signature` is a hash of it: each is good for one request. */
export interface Verified {
  actor: RemoteActor
  signature: string
}

/** Throws a 401 that says what is wrong; only Fedify and the sender's server are asked. */
export async function verify(event: H3Event, posted: Posted): Promise<Verified> {
  const request = requestOf(event, posted.bytes)
  if (new URL(posted.id).host !== new URL(posted.actor).host)
    throw invalid('The activity is on another host than its actor.')
  const load = documentLoader()
  const { key, label } = await verifiedKey(request, load)
  const lacks = missingCoverage(request.headers, label)
  if (lacks) throw invalid(`The signature ${lacks}.`)
  if (new URL(key).host !== new URL(posted.actor).host)
    throw invalid('The key is on another host than the actor.')
  const actor = ownerOf(key) ?? (await fetchOwner(posted.actor, load))
  if (actor.id !== posted.actor || !actor.keys.includes(key))
    throw invalid('The key is not one of the actor’s.')
  keepOwner(key, actor)
  return { actor, signature: hash(request.headers.get('signature')!) }
}

/** 401 for a request that is not signed at all. */
export function requireSignature(event: H3Event): void {
  if (!getRequestHeaders(event).signature) throw invalid(WHY.noSignature)
}

async function verifiedKey(request: Request, load: Loader) {
  const { verifyRequestDetailed } = await import('@fedify/fedify/sig')
  const result = await verifyRequestDetailed(request, {
    documentLoader: load as never,
    contextLoader: contextLoader as never,
    keyCache: knownKeys,
    timeWindow: { hours: 1 },
  }).catch((error: Error) => {
    throw invalid(`The signature cannot be checked: ${error.message}.`)
  })
  if (!result.verified) throw invalid(WHY[result.reason.type])
  return { key: result.key.id!.href, label: result.signatureLabel }
}

const WHY = {
  noSignature: 'The request is not signed.',
  keyFetchError: 'The key of the signature cannot be had from its server.',
  invalidSignature:
    'The signature does not fit the request, its digest or its key, or is older than an hour.',
}

const fetchOwner = (id: string, load: Loader) =>
  fetchActor(id, load).catch((error: Error) => {
    throw invalid(`The actor cannot be had from their server: ${error.message}.`)
  })

/** As it was sent to our public address, whatever a proxy made of it. */
function requestOf(event: H3Event, body: Buffer): Request {
  const sent = Object.entries(getRequestHeaders(event)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const headers = new Headers(
    sent.filter(
      ([name]) => !/^(?:connection|keep-alive|te|transfer-encoding|upgrade|expect)$/.test(name),
    ),
  )
  headers.set('host', host())
  const url = settings().siteUrl + (event.node.req.url ?? '/')
  return new Request(url, { method: 'POST', headers, body: new Uint8Array(body) })
}

export const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

const invalid = (detail: string) => new Problem(401, 'The signature is not valid', detail)
