/**
 * Finds the critic's own words that a delivery carries: those given for it alone, else the review's.
 */
import type { ReviewState } from '../../review/review'
import type { DeliveryRow } from '../ledger/delivery-row'

/** Undefined: the part's own words. An empty text on the row asks for just that. */
export function wordsFor(
  { reactor, text }: Pick<DeliveryRow, 'reactor' | 'text'>,
  { parts }: ReviewState,
): string | undefined {
  if (text !== null) return text || undefined
  const choice = parts?.[reactor]
  return (choice && choice.text) || undefined
}
