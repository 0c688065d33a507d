/** Double opt-in: one letter, one button. Whoever did not ask does nothing and hears no more; pure. */
import type { Letter } from '../../channels/mail/letter'
import { button, headline, paragraph } from '../../channels/mail/letter-blocks'
import { letterLayout } from '../../channels/mail/letter-layout'
import { html, longDate, plain } from '../../channels/mail/text'

/** `asked` says what was asked for ("each thriller that we rate 3 or more"), `url` is the page with the button, `at` is ms since the epoch. */
export function confirmationLetter({
  asked,
  url,
  site,
  at,
}: {
  asked: string
  url: string
  site: string
  at: number
}): Letter {
  const subject = 'Confirm that you want our letters'
  const host = new URL(site).host
  const date = longDate(at)
  const request = `Somebody typed this address at ${host} and asked to hear of ${asked}. If that was you, press the button and you are on the list.`
  const otherwise = 'If it was not you, do nothing. We only write to those who asked.'
  return {
    subject,
    preheader: 'One letter, one button, then you are on the list.',
    html: letterLayout({
      title: subject,
      preheader: 'One letter, one button, then you are on the list.',
      date,
      rows: [
        headline('One letter, one button'),
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
