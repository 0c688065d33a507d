/** Files for uploads: real pictures, and files that are not what they claim to be. */
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A gradient, so that left, right, top and bottom can be told apart. */
export function photo(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      pixels.set([(255 * x) / width, (255 * y) / height, 90], 3 * (y * width + x))
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** A PNG that claims this many pixels and contains next to none. */
export function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(10_000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const length = Buffer.alloc(4)
  const check = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>window.pwned=1</script></svg>'
const cut = async (bytes: Promise<Buffer>, share: number) => {
  const whole = await bytes
  return whole.subarray(0, Math.floor(whole.length * share))
}
const jpeg = () => photo(200, 100).jpeg().toBuffer()
const png = () => photo(200, 100).png().toBuffer()

/** What it is, the file, and the message of the refusal. */
export const refused: [string, () => Promise<Buffer> | Buffer, RegExp][] = [
  ['nothing', () => Buffer.alloc(0), /must be a JPEG/],
  ['text', () => Buffer.from('hello'), /must be a JPEG/],
  ['HTML', () => Buffer.from('<!doctype html><script>window.pwned=1</script>'), /must be a JPEG/],
  ['SVG', () => Buffer.from(SVG), /must be a JPEG/],
  [
    'SVG behind an XML declaration',
    () => Buffer.from(`<?xml version="1.0"?>${SVG}`),
    /must be a JPEG/,
  ],
  ['GIF', () => photo(10, 10).gif().toBuffer(), /must be a JPEG/],
  ['TIFF', () => photo(10, 10).tiff().toBuffer(), /must be a JPEG/],
  ['PDF', () => Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF'), /must be a JPEG/],
  [
    'PDF with a JPEG inside',
    async () => Buffer.concat([Buffer.from('%PDF-1.7\n'), await jpeg()]),
    /must be a JPEG/,
  ],
  [
    'GIF that is JavaScript',
    () => Buffer.from('GIF89a/*\x01\x00*/=window.pwned=1'),
    /must be a JPEG/,
  ],
  [
    'ZIP with a PNG behind',
    async () => Buffer.concat([Buffer.from('PK\x03\x04'), await png()]),
    /must be a JPEG/,
  ],
  ['WAV', () => Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt '), /must be a JPEG/],
  ['HEIC', () => Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic'), /must be a JPEG/],
  ['PNG in name only', () => Buffer.from('89504e470d0a1a0a', 'hex'), /is broken/],
  [
    'SVG behind the signature of a PNG',
    () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(SVG)]),
    /is broken/,
  ],
  [
    'SVG behind the signature of a JPEG',
    () => Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.from(SVG)]),
    /is broken/,
  ],
  ['half a JPEG', () => cut(jpeg(), 0.5), /is broken/],
  ['half a PNG', () => cut(png(), 0.5), /is broken/],
  ['half a WebP', () => cut(photo(200, 100).webp().toBuffer(), 0.5), /is broken/],
  ['half an AVIF', () => cut(photo(200, 100).avif().toBuffer(), 0.5), /is broken/],
  [
    'a JPEG 30,000 pixels wide',
    () => photo(30_000, 4).jpeg().toBuffer(),
    /at most 8000 pixels wide and high; it is 30000 × 4/,
  ],
  ['a PNG 8,001 pixels high', () => photo(4, 8_001).png().toBuffer(), /at most 8000 pixels/],
  ['a PNG of 60 million pixels', () => bomb(7_800, 7_800), /at most 40 million pixels/],
  ['a PNG bomb', () => bomb(60_000, 60_000), /at most 8000 pixels/],
  ['a PNG with less than it claims', () => bomb(4_000, 4_000), /is broken/],
]
