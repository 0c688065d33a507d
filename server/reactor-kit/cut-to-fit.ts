/** As much of a text as measures no more than `most`, where a network does not count letters as people do; cut between words. */
import { shorten } from '../../shared/wording'

export function cutToFit(text: string, most: number, measure: (text: string) => number): string {
  for (let letters = most; letters > 0; letters--) {
    const cut = shorten(text, letters)
    if (measure(cut) <= most) return cut
  }
  return ''
}
