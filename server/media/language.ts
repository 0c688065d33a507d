/** Tells what language a text is written in, for screen readers, translators and networks. */

/** ISO 639-3: those that networks know and franc tells apart; without the many that resemble one of them. */
const LANGUAGES =
  'afr als amh arb azj bel ben bos bul cat ces ckb cym dan deu ell eng est eus fin fra gle glg guj heb hin hrv hun hye ind isl ita jpn kan kat kaz khk khm kor lao lav lit mal mar mkd mlt cmn mya nld nno nob npi pan pes pol por ron rus sin slk slv som spa srp swe swh tam tel tgl tha tur ukr urd uzn vie yor zul'.split(
    ' ',
  )
/** Fewer letters of an alphabet that many languages share say too little. */
const FEWEST_LATIN = 50
const FEWEST = 8
/** Most of what is written here is English, so another language must be clearly more likely. */
const ALMOST_ENGLISH = 0.85

/** About one English word in ten is one of these. They are not words of any other language, as `of` and `was` are. */
const ENGLISH_WORDS = /\b(?:the|and|that|with|this|which)\b/gi
const PLAINLY_ENGLISH = 0.07
const FEWEST_ENGLISH = 3

/**
 * A BCP 47 tag such as `de` or `zh`; undefined when the text is too short to tell. What is known of
 * the languages takes 12 MB, and is loaded with the first text.
 */
export async function languageOf(text: string): Promise<string | undefined> {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (letters < (latin > letters / 2 ? FEWEST_LATIN : FEWEST)) return undefined
  if (isPlainlyEnglish(text)) return 'en'
  const { francAll } = await import('franc')
  const likely = francAll(text, { only: LANGUAGES, minLength: FEWEST })
  const english = likely.find(([code]) => code === 'eng')?.[1] ?? 0
  const code = english > ALMOST_ENGLISH ? 'eng' : likely[0]![0]
  return code === 'und' ? undefined : Intl.getCanonicalLocales(code)[0]
}

/** Spares most publications the comparison with every language, which takes a millisecond and 12 MB. */
function isPlainlyEnglish(text: string): boolean {
  const words = text.match(/\S+/g)?.length ?? 0
  const english = text.match(ENGLISH_WORDS)?.length ?? 0
  return english >= FEWEST_ENGLISH && english >= words * PLAINLY_ENGLISH
}
