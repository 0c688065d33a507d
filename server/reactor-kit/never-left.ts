/**
 * Tells whether a failed call never left this server; nobody has received it then, so it is safe to
 * make again.
 */
import { OutboundRefused } from '../outbound/client'

/**
 * No such host, nobody listening, or nobody we trust: there was no connection, so nothing was sent.
 */
const NO_CONNECTION = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

export function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code = '' } = error as NodeJS.ErrnoException
  return error instanceof OutboundRefused || NO_CONNECTION.has(code) || neverLeft(error.cause)
}
