/**
 * Writes what an email says to one recipient alone: why they get it, and the links to change or
 * stop that.
 */
import type { Filling } from './placeholders'
import { html, longDate } from './text'

/** `asked` in words; `confirmedAt` in ms; days are shown in `timeZone`. */
export interface Subscription {
  asked: string
  confirmedAt: number
  manageToken: string
  unsubscribeToken: string
  timeZone?: string
}

/** `site` has no trailing slash; `at` (ISO 8601 or ms) is the day that the email shows. */
export function fillingFor(
  { asked, confirmedAt, manageToken, unsubscribeToken, timeZone }: Subscription,
  site: string,
  at: string | number,
): Filling {
  const sentence = `You subscribed on ${longDate(confirmedAt, timeZone)} to get ${asked}.`
  const link = (page: string, token: string) =>
    `${site}/subscribe/${page}?token=${encodeURIComponent(token)}`
  return {
    date: longDate(at, timeZone),
    askedText: sentence,
    askedHtml: html(sentence),
    manageUrl: link('manage', manageToken),
    unsubscribeUrl: link('unsubscribe', unsubscribeToken),
  }
}

/** Takes a reader's place in the publish panel. */
export const exampleFilling = (at: string): Filling => ({
  date: longDate(at),
  askedText: '',
  askedHtml: 'You subscribed on 3 March 2026 to get each review.',
  manageUrl: '#',
  unsubscribeUrl: '#',
})
