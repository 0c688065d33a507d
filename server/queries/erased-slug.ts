/**
 * The address of an erased review. Its own was made from the title, and is kept only as a keyed hash
 * (HMAC-SHA-256), so that links to it are still answered 410.
 */
import { createHmac } from 'node:crypto'
import { useSecret } from '../config/secrets'

const LENGTH = 32

/** The same for the same slug, as long as the data folder has its secrets. */
export const erasedSlug = (slug: string): string =>
  `erased-${createHmac('sha256', useSecret('erased-addresses')).update(slug).digest('hex').slice(0, LENGTH)}`
