/** Writes text from outside so that it stays text in a terminal or a log: no line of its own, no colour, no cursor. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, character =>
    character === '\t' ? ' ' : `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  )
