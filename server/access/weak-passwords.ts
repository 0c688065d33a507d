/**
 * Refuses passwords that attackers try first: the common ones, and those made of the site's name or
 * the person's.
 */
import { settings } from '../config/settings'
import { refuse } from '../http/problem'

const COMMON =
  'is too common: it is among the first that attackers try. Several unusual words make a good one'
const OWN = 'must not be made of the name or the address of the site or the person'
/** What must be left of a password without the words that anybody could guess for this person. */
const LEAST_LEFT = 5

const LOOKS_LIKE: Record<string, string> = {
  '@': 'a',
  $: 's',
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
}

/** 422 on `password`. Digits and signs around a common word change nothing. */
export async function refuseWeakPassword(
  password: string,
  person: { name: string; email: string },
): Promise<void> {
  const typed = password.normalize('NFKC').toLowerCase().trim()
  const plain = lettersAndDigits(typed)
  const bare = plain.replace(/^\d+|\d+$/g, '')
  const common = await commonPasswords()
  const spelt = lettersAndDigits(typed.replaceAll(/[@$013457]/g, sign => LOOKS_LIKE[sign]!))
  const tried = [typed, plain, spelt, ...(bare.length >= 4 ? [bare] : [])]
  const isCommon = tried.some(one => common.has(one))
  if (isCommon || isMonotonous(plain)) refuse('password', COMMON)
  const left = guessable(person).reduce((rest, word) => rest.replaceAll(word, ''), plain)
  if (left.length < plain.length && left.replaceAll(/\d/g, '').length < LEAST_LEFT)
    refuse('password', OWN)
}

/** The longest first, so that no part of a word is left. */
function guessable({ name, email }: { name: string; email: string }): string[] {
  const { hostname } = new URL(settings().siteUrl)
  const [mailbox = '', domain = ''] = email.toLowerCase().split('@')
  const parts = [name, mailbox, hostname, domain].flatMap(text => text.split(/[^\p{L}\p{N}]+/u))
  return [...new Set(['mymovies', name, mailbox, hostname, domain, ...parts])]
    .map(word => lettersAndDigits(word.normalize('NFKC').toLowerCase()))
    .filter(word => word.length >= 3)
    .sort((a, b) => b.length - a.length)
}

/** One short piece over and over, or neighbours in the alphabet. */
function isMonotonous(text: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/u.test(text)) return true
  const codes = [...text].map(character => character.codePointAt(0)!)
  const steps = new Set(codes.slice(1).map((code, i) => code - codes[i]!))
  return codes.length > 3 && steps.size === 1 && Math.abs([...steps][0]!) <= 1
}

const lettersAndDigits = (text: string) => text.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '')

let common: Promise<Set<string>> | undefined
/** Loaded when the first password is chosen, which most processes never see. */
const commonPasswords = () =>
  (common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].map(String)),
  ))
