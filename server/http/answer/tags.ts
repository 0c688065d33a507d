/** Entity tags: one for each coding, and recognised whatever a proxy has made of it. */
import type { Coding } from './codings'

/** The tag of a representation in a coding: `"4f2c…"`, `"4f2c….br"`. */
export const tagOf = (stem: string, coding: Coding) =>
  coding === 'identity' ? `"${stem}"` : `"${stem}.${coding}"`

/**
 * The tag in If-None-Match that means this representation, in any of its codings; undefined when
 * there is none. Compared weakly (RFC 9110, 13.1.2), and without the suffixes that proxies append
 * when they compress: Apache "-gzip", "-br" and ";br", Jetty "--gzip", and others like them.
 */
export function knownTag(ifNoneMatch: string, stem: string, tag: string): string | undefined {
  if (ifNoneMatch.trim() === '*') return tag
  const same = [...ifNoneMatch.matchAll(TAG)]
    .map(([whole, inner]) => ({ whole, inner: inner! }))
    .filter(({ inner }) => inner === stem || inner.replace(SUFFIXES, '') === stem)
  return same.find(({ whole }) => whole.replace(/^W\//, '') === tag)?.whole ?? same[0]?.whole
}

const TAG = /(?:W\/)?"([^"]*)"/g
const SUFFIXES = /(?:[-.;:_]{1,2}(?:gzip|gz|br|brotli|zstd|zst|deflate|df))+$/i
