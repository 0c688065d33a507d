/**
 * Says in an Atom feed which entries are gone (RFC 6721): an entry that is merely missing stays in
 * the readers that have it. feedsmith does not know these elements, so they are put in afterwards.
 */
import { escapeText } from '../../shared/escape-html'
import type { ArchivedEntry } from '../queries/newly-archived'

const NAMESPACE = 'http://purl.org/atompub/tombstones/1.0'

/** In front, because extensions come before all entries (RFC 4287, 4.1.1). */
export function withTombstones(
  xml: string,
  archived: ArchivedEntry[],
  entryId: (reviewId: string) => string,
): string {
  if (!archived.length) return xml
  const tombstones = archived.map(
    ({ id, at, reason }) => `
  <at:deleted-entry ref="${entryId(id)}" when="${at.toISOString()}">
    <at:comment>${escapeText(reason)}</at:comment>
  </at:deleted-entry>`,
  )
  return xml.replace(
    /<feed ([^>]*)>/,
    (_, attributes) => `<feed xmlns:at="${NAMESPACE}" ${attributes}>${tombstones.join('')}`,
  )
}
