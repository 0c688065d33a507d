/** Replaces only those characters of a text that differ, because a selection in the others then stays. */
import { commonEnds } from './closest-pairs'

export function replaceText(node: CharacterData, text: string) {
  const { start, end } = commonEnds(node.data, text)
  const count = node.length - start - end
  const added = text.slice(start, text.length - end)
  if (count || added) node.replaceData(start, count, added)
}
