/** What the formatting help shows is what the text becomes. */
import { expect, it } from 'vitest'
import FormattingHelp from '../../../components/editor/FormattingHelp.vue'
import { elementsOf } from '../../../shared/markdown/elements'
import { parseReview } from '../../../shared/markdown/parse'
import { show } from '../support/show'

const MADE: Record<string, RegExp> = {
  italic: /"em"/,
  bold: /"strong"/,
  'a heading': /"h\d"/,
  'a quotation': /"blockquote"/,
  'a list': /"ul"/,
  'a link': /"a"/,
}

it('gives an example of each, and each becomes what is said', async () => {
  const { findAll } = await show(FormattingHelp, {})
  const typed = findAll('dt').map(term => term.text())
  const said = findAll('dd').map(words => words.text())
  expect(said).toEqual(Object.keys(MADE))
  for (const [i, words] of said.entries())
    expect(JSON.stringify(elementsOf(parseReview(typed[i]!)))).toMatch(MADE[words]!)
})
