/**
 * Marks the places for a recipient's own words and links in an email that is composed once for
 * everybody. Each place is one private-use character; `plain` removes those from all foreign text,
 * so nobody can write one into a review.
 */
export const PLACE = {
  askedText: '\uE001',
  askedHtml: '\uE002',
  manageUrl: '\uE003',
  unsubscribeUrl: '\uE004',
  date: '\uE005',
} as const

export type Place = keyof typeof PLACE
/** What goes into each place for one recipient; `askedHtml` is escaped, the URLs are ASCII, `date` is
 * the reader's day. */
export type Filling = Record<Place, string>

const nameOf = Object.fromEntries(
  Object.entries(PLACE).map(([name, mark]) => [mark, name]),
) as Record<string, Place>

/** The email as one recipient reads it, before any encoding. */
export const fill = (content: string, filling: Filling) =>
  content.replace(/[\uE001-\uE005]/g, mark => filling[nameOf[mark]!])

/**
 * In quoted-printable, each mark is `=EE=80=8n`; the line may be wrapped between the three bytes.
 */
const ENCODED = /=EE(?:=\r\n)?=80(?:=\r\n)?=8([1-5])/g

/** An encoded message, cut at its places: text, place, text, place, …, text. */
export function cut(source: string): string[] {
  return source
    .split(ENCODED)
    .map((piece, i) => (i % 2 ? nameOf[String.fromCharCode(0xe000 + Number(piece))]! : piece))
}
