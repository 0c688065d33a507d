/**
 * The scripts that write no spaces between words, as the inside of a character class of a regular
 * expression.
 */
const SCRIPTS = [
  'Han',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Yi',
  'Javanese',
  'Balinese',
  'Tai_Tham',
]
/** With the sign that lengthens a vowel in Japanese, which belongs to no script. */
export const UNSPACED = `${SCRIPTS.map(name => `\\p{Script=${name}}`).join('')}\u30FC`
