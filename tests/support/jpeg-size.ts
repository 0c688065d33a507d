/**
 * Width and height of a JPEG, as its frame header has them (ITU T.81, B.2.2); undefined for
 * anything else.
 */
export function jpegSize(file: Buffer): [width: number, height: number] | undefined {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; at + 9 < file.length; at += 2 + file.readUInt16BE(at + 2))
    if (file[at + 1] === 0xc0 || file[at + 1] === 0xc2)
      return [file.readUInt16BE(at + 7), file.readUInt16BE(at + 5)]
}
