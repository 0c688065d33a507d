/**
 * Tells the type of a picture from its first bytes; neither its name nor the sender's word counts.
 */

export type Kind = 'jpeg' | 'png' | 'webp' | 'avif'

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const text = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)

/** Undefined for everything else: SVG, GIF, PDF, HEIC and so on. */
export function sniff(bytes: Buffer): Kind | undefined {
  if (bytes.length > 2 && bytes.readUIntBE(0, 3) === 0xffd8ff) return 'jpeg'
  if (bytes.subarray(0, 8).equals(PNG)) return 'png'
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'webp'
  if (text(bytes, 4, 8) === 'ftyp' && text(bytes, 8, 12) === 'avif') return 'avif'
}
