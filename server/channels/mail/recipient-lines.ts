/**
 * Writes what an email says to one recipient alone: why they get it, and the links to change or
 * stop that.
 */
import type { Filling } from './placeholders'
import { html, longDate } from './text'

/** `asked` in words; `confirmedAt` in ms. */
export interface Subscription {
  asked: string
  confirmedAt: number
  manageToken: string
  unsubscribeToken: string
}

/** `site` has no trailing slash. */
export function fillingFor(
  { asked, confirmedAt, manageToken, unsubscribeToken }: Subscription,
  site: string,
): Filling {
  const sentence = `You subscribed on ${longDate(confirmedAt)} to get ${asked}.`
  const link = (page: string, token: string) =>
    `${site}/subscribe/${page}?token=${encodeURIComponent(token)}`
  return {
    askedText: sentence,
    askedHtml: html(sentence),
    manageUrl: link('manage', manageToken),
    unsubscribeUrl: link('unsubscribe', unsubscribeToken),
  }
}

/** Takes a reader's place in the publish panel. */
export const EXAMPLE: Filling = {
  askedText: '',
  askedHtml: 'You subscribed on 3 March 2026 to get each review.',
  manageUrl: '#',
  unsubscribeUrl: '#',
}
