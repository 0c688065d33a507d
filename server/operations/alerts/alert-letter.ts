/** One letter for all that needs a person now, and for what is settled; pure. */
import type { Letter } from '../../channels/mail/letter'
import { button, headline, paragraph } from '../../channels/mail/letter-blocks'
import { letterLayout } from '../../channels/mail/letter-layout'
import { html, longDate, plain } from '../../channels/mail/text'
import { type AlertRow, sentenceOf } from './in-words'

/** `at` in ms. What is settled and was never told stays out: nobody needs to hear of it. */
export function alertLetter(
  alerts: AlertRow[],
  { site, at }: { site: string; at: number },
): Letter {
  const open = alerts.filter(alert => !alert.settled_at)
  const settled = alerts.filter(alert => alert.settled_at)
  const subject = plain(titleOf(open, settled))
  const date = longDate(at)
  const host = new URL(site).host
  const said = [
    ...open.map(alert => ({
      head: `${sentenceOf(alert, alert.count - alert.said_before)}${alert.said_before ? ` since our last letter, ${alert.count.toLocaleString('en')} in all` : ''}.`,
      body: [alert.sample && `The last reason: ${alert.sample}`, alert.todo].filter(
        part => part !== null,
      ) as string[],
    })),
    ...settled.map(alert => ({
      head: `Settled: ${sentenceOf(alert, alert.count)}.`,
      body: ['There is nothing left to do about it.'],
    })),
  ]
  const where = `${site}${open[0]?.link ?? settled[0]?.link ?? '/editor/parts'}`
  const last = `You get this as an editor of ${host}. About the same thing we write at most once an hour, and once when it is settled.`
  return {
    subject,
    preheader: said[0]?.head ?? subject,
    html: letterLayout({
      title: subject,
      preheader: said[0]?.head ?? subject,
      date,
      last: html(last),
      rows: [
        headline(subject),
        ...said.flatMap(({ head, body }) => [
          paragraph(`<b>${html(head)}</b>`),
          ...body.map(line => paragraph(html(line), 't2')),
        ]),
        button(where, 'Look at it'),
      ],
    }),
    text:
      [
        `MyMovies, ${date}`,
        ...said.map(({ head, body }) => [head, ...body].map(plain).join('\n')),
        `Look at it: ${plain(where)}`,
        last,
      ].join('\n\n') + '\n',
  }
}

function titleOf(open: AlertRow[], settled: AlertRow[]): string {
  if (open.length > 1) return `${open.length} things need a look`
  if (open[0]) return sentenceOf(open[0], open[0].count - open[0].said_before)
  return settled.length === 1
    ? `Settled: ${sentenceOf(settled[0]!, settled[0]!.count)}`
    : `${settled.length} things are settled`
}
