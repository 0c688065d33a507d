/**
 * The one fold of the site's texts: texts that a reader would call the same word come out the same, in every
 * script. Search, addresses, genres and films all compare by it, on the server and in pages.
 */

/**
 * Lower case, without accents and points, in one width: `İzmir` → `izmir`, `Łódź` → `lodz`, `Straße` →
 * `strasse`, `ﾀﾞ` → `ダ`, `Ё` → `е`, `إلى` → `الي`. Punctuation stays, in one form of each; so do the
 * marks without which a word is another one (vowel signs, nukta, dakuten, `й`).
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  return text
    .replaceAll('´', "'") // which would become a space
    .replaceAll(FRACTION_AFTER_DIGIT, ' $&')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(APOSTROPHES, "'")
    .replaceAll(LETTERS_WITH_OWN_MARK, letter => letter.normalize('NFC'))
    .replaceAll(DROPPED, '')
    .replaceAll(VARIANT, letter => PLAIN[letter]!)
    .replaceAll(DASHES, '-')
    .replaceAll(QUOTES, '"')
    .replaceAll(FOREIGN_DIGIT, digit)
    .normalize('NFC')
}

const ASCII = /^\p{ASCII}*$/u

/** With the modifier letters and primes that people type for one: ʻokina, п’ять, צ׳ארלי. */
const APOSTROPHES = /[`‘’‛′ʹʻʼʽʾʿˈ՚׳]/g
const DASHES = /[\p{Pd}−]/gu
const QUOTES = /[“”„‟«»″״]/g
/** `8½` is two numbers. */
const FRACTION_AFTER_DIGIT = /(?<=\d)[\u00BC-\u00BE\u2150-\u215E]/g
const FOREIGN_DIGIT = /(?!\d)\p{Nd}/gu

/** Cyrillic letters of their own that happen to be written with a mark; `ё` is not among them. */
const LETTERS_WITH_OWN_MARK = /[иу]\u0306|і\u0308|[гк]\u0301/g

/** What is invisible, the tatweel, and the accents, points and vowel marks of these scripts; not the dakuten, which Unicode counts among them. */
const DROPPED =
  /(?![\u3099\u309A])(?=\p{M})[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]|[\p{Cf}\p{Variation_Selector}\u0640]/gu

/** Letters that Unicode does not take apart, and Arabic letters that keyboards write differently. */
const PLAIN: Record<string, string> = Object.fromEntries(
  [
    'ßss æae œoe ꜳaa þth øo łl đd ðd ıi ȷj ħh ŋn ŧt ĸk ƒf əe ǝe ɛe ɔo ɓb ƀb ɗd ɖd ƙk ɲn ƴy ɣg ǥg ɩi ɨi',
    'ʋv ʉu ƶz ʒz ⱥa ȼc ƚl ɍr ⱦt ɏy ςσ',
    'ٱا ىي یي ېي ےي کك ہه ھه ەه ةه ۃه ںن',
  ].flatMap(line => line.split(' ').map(pair => [pair[0]!, pair.slice(1)])),
)
const VARIANT = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g')

/** The digits of a script follow each other, its zero first. */
function digit(written: string): string {
  const code = written.codePointAt(0)!
  let value = 0
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}
const DIGIT = /^\p{Nd}$/u
