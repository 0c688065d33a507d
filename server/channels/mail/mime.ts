/** Just enough of MIME (RFC 2045, 2046) to read delivery reports, and our own letters back; pure. */

/** One leaf of a mail: its type in lower case, its text decoded as UTF-8. A mail within a mail is a leaf. */
export interface Leaf {
  type: string
  text: string
}

/** A mail with these many multiparts inside each other is nobody's letter. */
const DEEPEST = 4

export function leavesOf(source: string, depth = 0): Leaf[] {
  const [head, body] = split(depth ? source : source.replace(/\r?\n/g, '\n'))
  const field = fieldsOf(head)
  const contentType = field.get('content-type') ?? 'text/plain'
  const type = contentType.split(';')[0]!.trim().toLowerCase()
  const boundary = /\bboundary="?([^";\n]{1,70})"?/i.exec(contentType)?.[1]
  if (!type.startsWith('multipart/'))
    return [{ type, text: decode(body, field.get('content-transfer-encoding')) }]
  if (!boundary || depth >= DEEPEST) return []
  const [, ...parts] = `\n${body}`.split(`\n--${boundary}`)
  return parts
    .filter(part => !part.startsWith('--'))
    .flatMap(part => leavesOf(part.replace(/^[ \t]*\n/, ''), depth + 1))
}

/** Header fields by lower-case name, unfolded; the first of a name counts. Lines end with \n. */
export function fieldsOf(block: string): Map<string, string> {
  const lines = block
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .map(line => /^([\w-]+):(.*)$/.exec(line))
    .filter(line => line !== null)
  return new Map(lines.toReversed().map(([, name, value]) => [name!.toLowerCase(), value!.trim()]))
}

function split(part: string): [string, string] {
  const blank = part.startsWith('\n') ? 0 : part.indexOf('\n\n')
  return blank < 0 ? [part, ''] : [part.slice(0, blank), part.slice(blank).replace(/^\n{1,2}/, '')]
}

function decode(body: string, encoding = '7bit'): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString().replace(/\r\n/g, '\n')
  if (!/quoted-printable/i.test(encoding)) return body
  return Buffer.from(
    body
      .replace(/=\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    'latin1',
  ).toString()
}
