/** Words that people would call the same, in every script, and words that must stay apart. */
import { describe, expect, it } from 'vitest'
import { foldText } from '../../shared/fold-text'

it.each([
  ['İZMİR', 'izmir'],
  ['Kış', 'kis'],
  ['Łódź', 'lodz'],
  ['Straße', 'STRASSE'],
  ['cœur', 'Coeur'],
  ['Bjørn', 'bjorn'],
  ['Þór', 'thor'],
  ['Phở', 'pho'],
  ['Ёлки', 'елки'],
  ['за́мок', 'замок'],
  ['ΟΔΥΣΣΕΎΣ', 'Ὀδυσσεύς'],
  ['إلى', 'الي'],
  ['مُحَمَّد', 'محمـــد'],
  ['کتاب', 'كتاب'],
  ['שָׁלוֹם', 'שלום'],
  ['צ׳ארלי', 'צ’ארלי'],
  ['ﾀﾞｲｺﾞﾛｳ', 'ダイゴロウ'],
  ['か\u3099', 'が'],
  ['ＡＫＩＲＡ', 'akira'],
  ['기생충', '기생충'.normalize('NFD')],
  ['葛󠄀城', '葛城'],
  ['ᲥᲐᲠᲗᲣᲚᲘ', 'ქართული'],
  ['१९४२', '1942'],
  ['٢٠٢٠', '2020'],
  ['Rock ’n’ Roll', "Rock ʼn' Roll"],
  ['8½', '8 1⁄2'],
  ['Alien³', 'alien3'],
  ['so\u00ADft\u200Bly', 'softly'],
])('%s is %s', (a, b) => expect(foldText(a)).toBe(foldText(b)))

it.each([
  ['й', 'и'],
  ['ї', 'і'],
  ['ば', 'は'],
  ['ビール', 'ビル'],
  ['क़लम', 'कलम'],
  ['हिन्दी', 'हनद'],
  ['ข้าว', 'ขาว'],
  ['mother!', 'mother'],
])('%s is not %s', (a, b) => expect(foldText(a)).not.toBe(foldText(b)))

describe('folding', () => {
  it('twice changes nothing more, and is composed', () => {
    for (const text of ['Ὀδυσσεύς', 'קְ', 'क़लम', 'ガ', 'İı', 'ﷺ', 'ǅ', 'ŉ', 'ᾳ', '한']) {
      expect(foldText(foldText(text))).toBe(foldText(text))
      expect(foldText(text)).toBe(foldText(text).normalize('NFC'))
    }
  })
})
