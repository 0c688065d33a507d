/**
 * The confirmation email: one button, and anybody who did not ask can ignore it and gets nothing
 * more; pure.
 */
import type { Letter } from '../../channels/mail/letter'
import { button, headline, paragraph } from '../../channels/mail/letter-blocks'
import { letterLayout } from '../../channels/mail/letter-layout'
import { html, longDate, plain } from '../../channels/mail/text'

/**
 * `asked` words what was asked for ("each thriller that we rate 3 or more"), `url` is the page with
 * the button, `at` is ms since the epoch.
 */
export function confirmationLetter({
  asked,
  url,
  site,
  at,
  timeZone,
}: {
  asked: string
  url: string
  site: string
  at: number
  timeZone?: string
}): Letter {
  const subject = 'Confirm your subscription'
  const host = new URL(site).host
  const date = longDate(at, timeZone)
  const request = `Somebody entered this address at ${host} to get ${asked}. If that was you, press the button and you are subscribed.`
  const otherwise = 'If it was not you, ignore this email. We only write to people who asked.'
  return {
    subject,
    preheader: 'Press the button and you are subscribed.',
    html: letterLayout({
      title: subject,
      preheader: 'Press the button and you are subscribed.',
      date,
      rows: [
        headline('Confirm your subscription'),
        paragraph(html(request), 't2'),
        button(url, 'Confirm'),
      ],
      last: html(otherwise),
    }),
    text:
      [`MyMovies, ${date}`, plain(request), `Confirm: ${plain(url)}`, otherwise].join('\n\n') +
      '\n',
  }
}
