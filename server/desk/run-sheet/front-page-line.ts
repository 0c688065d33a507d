/**
 * The run sheet's line for open pages: what they saw of an event, and how many of them, if this
 * process remembers it.
 */
import type { Line } from '../../../shared/types/run-sheet'
import { pagesReached } from '../../live'
import type { Recorded } from '../../log/event-log'

const SAYS: Partial<Record<Recorded['type'], string>> = {
  ReviewPublished: 'Added to the list',
  ReviewRestored: 'Back in the list',
  ReviewArchived: 'Removed from the list',
  ReviewErased: 'Its text is in no read model any more',
  ReviewFixed: 'The list shows the new text',
  ReviewCorrected: 'The list shows the new text',
}

/** This is not a part: readers who happen to have the site open have no row in the ledger. */
export function frontPageLine({ type, position }: Recorded): Line {
  const line = { part: 'front-page', label: 'Front page', state: 'Sent' as const, say: SAYS[type] }
  const pages = pagesReached(position)
  if (pages === undefined) return line
  if (pages === 0) return { ...line, say: `${line.say}; no page was open` }
  return { ...line, say: `${line.say}, in every open page too`, told: pages, of: pages, left: 0 }
}
