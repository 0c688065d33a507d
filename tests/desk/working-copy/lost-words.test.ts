/** Which edits take words away: not typing, but a passage that is cut out, in whatever script. */
import { expect, it } from 'vitest'
import { losesWords } from '../../../server/desk/working-copy/lost-words'

it.each([
  ['words that are typed on', 'The wheel turns', 'The wheel turns above Vienna', false],
  ['a word that is corrected', 'The weel turns', 'The wheel turns', false],
  [
    'a sentence that is cut out',
    'The wheel turns. Harry smiles in the dark.',
    'The wheel turns.',
    true,
  ],
  ['a text that is emptied', 'Go.', '', true],
  ['half of a run in Thai', 'วงล้อหมุนเหนือเมือง', 'วงล้อหมุน', true],
  ['half of a run in Khmer', 'កង់វិលលើទីក្រុងវីយែន', 'កង់វិល', true],
  ['half of a run in Lao', 'ລໍ້ໝຸນເໜືອເມືອງວຽນນາ', 'ລໍ້ໝຸນ', true],
  ['half of a run in Burmese', 'ဘီးသည်မြို့ပေါ်တွင်လည်နေသည်', 'ဘီးသည်', true],
  ['a long vowel in Japanese', 'ハリーライムー', 'ハリーライム', false],
])('%s', (_, before, after, loses) => {
  expect(losesWords({ body: before }, { body: after })).toBe(loses)
})
