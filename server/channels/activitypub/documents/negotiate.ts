/** Pages that are documents of the fediverse too: which of the two a client prefers (RFC 9110, 12.5.1). */
import { readWeights, weightOfType } from '../../../http/answer/weights'
import { ACTIVITY_JSON } from './context'

export type Page = { kind: 'review' | 'critic'; name: string } | { kind: 'site'; name?: undefined }

/** What a path shows, if there is a document for it; `name` is decoded. */
export function pageAt(path: string): Page | undefined {
  if (path === '/') return { kind: 'site' }
  const [, room, name] = /^\/(reviews|critics)\/([^/]+)$/.exec(path) ?? []
  if (!room || !name) return undefined
  return { kind: room === 'reviews' ? 'review' : 'critic', name: decodeURIComponent(name) }
}

/** Only where a client names one of its media types: browsers take anything, and get the page. */
export function prefersDocument(accept: string | undefined): boolean {
  const weights = readWeights(accept)
  const document = Math.max(
    weights.get(ACTIVITY_JSON) ?? 0,
    weights.get('application/ld+json') ?? 0,
  )
  return document > 0 && document >= weightOfType(weights, 'text/html')
}
