/** The media type that a client of GraphQL wants its answer in. */
import { readWeights, weightOfType } from '../http/answer/weights'
import type { Exchange } from './exchange'

const STREAM = 'text/event-stream'
const PLAIN = 'application/json'
const OWN = 'application/graphql-response+json'

/** Plain JSON where the client has no preference, or none that we can meet. */
export function mediaFor(accept: string | undefined): Exchange['media'] {
  const weights = readWeights(accept)
  const [stream, plain, own] = [STREAM, PLAIN, OWN].map(type => weightOfType(weights, type))
  if (stream! > plain! && stream! > own!) return STREAM
  return own! > plain! ? OWN : PLAIN
}

/** A subscription is a stream for everybody who does not exclude one. */
export const acceptsStream = (accept: string | undefined) =>
  !accept || weightOfType(readWeights(accept), STREAM) > 0
