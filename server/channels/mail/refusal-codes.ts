/** Finds reply codes (550) and enhanced codes (5.1.1) in a text that contains other numbers too. */
import { codesIn, type Refusal } from './refusal'

const ENHANCED = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/g
/** In prose, a code is introduced: "550 5.1.1", "(#5.1.1)", "Status: 5.1.1". Versions are not. */
const INTRODUCED =
  /(?:\b[45]\d\d[ :-]+[<(]?#?|#|\(|(?:status|code|error)(?: code)?[:=]? ?)([45]\.\d{1,3}\.\d{1,3})(?!\.?\d)/gi
const REPLY =
  /(?<![\d.@-])(?:4(?:21|5[0-5]|71)|5(?:0[0-4]|1[0-7]|2[0-5]|3\d|4\d|5\d|71))(?=[ :-]\D|[ :-]+#?[45]\.\d)/
/** "[SMTP Error Code 550]" */
const NAMED = /(?:code|error)[: ]+([45]\d\d)\b/i

/** "5.1.1" in a field that is about codes; not a part of a network address. */
export const enhancedIn = (field: string): string | undefined =>
  mostSpecific([...field.matchAll(ENHANCED)].map(([status]) => status))

/** The same in prose. */
export const enhancedWithin = (words: string): string | undefined =>
  mostSpecific([...words.matchAll(INTRODUCED)].map(([, status]) => status!))

/** The first reply code in prose. */
export function codesWithin(words: string): Pick<Refusal, 'code'> {
  const found = REPLY.exec(words)
  const code = found
    ? codesIn(words.slice(found.index)).code
    : Number(NAMED.exec(words)?.[1]) || undefined
  return code ? { code } : {}
}

/** X.n.0 says "other", and 5.0.0 is what servers write when they know no better. */
export const isGeneric = (status: string | undefined) => !status || /^[245]\.\d\.0$/.test(status)

const mostSpecific = (found: string[]) =>
  found.toSorted((a, b) => Number(isGeneric(a)) - Number(isGeneric(b)))[0]
