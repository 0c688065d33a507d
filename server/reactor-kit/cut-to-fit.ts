/**
 * Cuts a text between words until it measures at most `most`, for networks that do not count
 * letters as people do.
 */
import { shorten } from '../../shared/wording'

export function cutToFit(text: string, most: number, measure: (text: string) => number): string {
  for (let letters = most; letters > 0; letters--) {
    const cut = shorten(text, letters)
    if (measure(cut) <= most) return cut
  }
  return ''
}
