/** What the open pages saw of a fact: how many of them moved, where this process remembers it. */
import type { Line } from '../../../shared/types/run-sheet'
import { pagesReached } from '../../live'
import type { Recorded } from '../../log/event-log'

const SAYS: Partial<Record<Recorded['type'], string>> = {
  ReviewPublished: 'Added to the list',
  ReviewRestored: 'Back in the list',
  ReviewArchived: 'Removed from the list',
  ReviewFixed: 'The list shows the new text',
  ReviewCorrected: 'The list shows the new text',
}

/** Not a part: the pages of readers who happen to have the site open have no row in the ledger. */
export function frontPageLine({ type, position }: Recorded): Line {
  const open = pagesReached(position)
  const line = { part: 'front-page', label: 'Front page', state: 'Sent' as const, say: SAYS[type] }
  if (!open) return open === 0 ? { ...line, say: `${line.say}; no page was open` } : line
  return { ...line, say: `${line.say}, in every open page too`, told: open, of: open, left: 0 }
}
