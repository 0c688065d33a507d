/** Turns words into part of an address: lower-case ASCII, hyphenated, at most 80 characters. */

const LONGEST = 80

/** Accents are removed (Amélie → amelie); a title in another script gets a short hash, always the same one. Never empty. */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll(/[’']/g, '')
  const words = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
  const cut =
    words.length > LONGEST
      ? words
          .slice(0, LONGEST + 1)
          .replace(/-[^-]*$/, '')
          .slice(0, LONGEST)
      : words
  const lost = [...plain].filter(c => /[\p{L}\p{N}]/u.test(c) && !/[a-z0-9]/.test(c)).length
  return lost > words.length || !cut ? [cut, shortName(title)].filter(Boolean).join('-') : cut
}

/** FNV-1a, 32 bits, in base 36. */
function shortName(text: string): string {
  let hash = 2166136261
  for (const byte of new TextEncoder().encode(text.normalize('NFC')))
    hash = Math.imul(hash ^ byte, 16777619) >>> 0
  return hash.toString(36)
}
