/**
 * Drops from a PNG what is not picture, before it is decoded: 48 kB of compressed text unfold to
 * 50 MB, and a decoder unfolds them all (PNG, third edition, 11.3).
 */

const SIGNATURE_BYTES = 8
/** Length, name and checksum of a chunk, without its data. */
const AROUND = 12

/** What pixels, colours and the upright position need. */
const KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sRGB',
  'cICP',
  'sBIT',
  'pHYs',
  'eXIf',
])

/** Whatever follows the end is dropped; a PNG that is cut off stays cut off. */
export function dropTexts(png: Buffer): Buffer {
  const pieces = [png.subarray(0, SIGNATURE_BYTES)]
  for (let at = SIGNATURE_BYTES; at + AROUND <= png.length;) {
    const end = at + AROUND + png.readUInt32BE(at)
    const name = png.toString('latin1', at + 4, at + 8)
    if (KEPT.has(name)) pieces.push(png.subarray(at, end))
    if (name === 'IEND') break
    at = end
  }
  return Buffer.concat(pieces)
}
