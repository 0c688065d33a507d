/** One email for everything that needs a person now, and for what is resolved; pure. */
import type { Letter } from '../../channels/mail/letter'
import { button, headline, paragraph } from '../../channels/mail/letter-blocks'
import { letterLayout } from '../../channels/mail/letter-layout'
import { html, longDate, plain } from '../../channels/mail/text'
import { type AlertRow, sentenceOf } from './in-words'

/** `at` in ms. */
export function alertLetter(
  alerts: AlertRow[],
  { site, at }: { site: string; at: number },
): Letter {
  const open = alerts.filter(alert => !alert.settled_at)
  const resolved = alerts.filter(alert => alert.settled_at)
  const subject = plain(titleOf(open, resolved))
  const date = longDate(at)
  const host = new URL(site).host
  const paragraphs = [
    ...open.map(alert => ({
      head: `${sentenceOf(alert, alert.count - alert.said_before)}${sinceLastEmail(alert)}.`,
      body: [...(alert.sample ? [`Last reason: ${alert.sample}`] : []), alert.todo],
    })),
    ...resolved.map(alert => ({
      head: `Resolved: ${sentenceOf(alert, alert.count)}.`,
      body: ['There is nothing left to do.'],
    })),
  ]
  const where = `${site}${open[0]?.link ?? resolved[0]?.link ?? '/editor/parts'}`
  const last = `You get this as an editor of ${host}. We write about the same problem at most once an hour, and once when it is resolved.`
  return {
    subject,
    preheader: paragraphs[0]?.head ?? subject,
    html: letterLayout({
      title: subject,
      preheader: paragraphs[0]?.head ?? subject,
      date,
      last: html(last),
      rows: [
        headline(subject),
        ...paragraphs.flatMap(({ head, body }) => [
          paragraph(`<b>${html(head)}</b>`),
          ...body.map(line => paragraph(html(line), 't2')),
        ]),
        button(where, 'View at the desk'),
      ],
    }),
    text:
      [
        `MyMovies, ${date}`,
        ...paragraphs.map(({ head, body }) => [head, ...body].map(plain).join('\n')),
        `View at the desk: ${plain(where)}`,
        last,
      ].join('\n\n') + '\n',
  }
}

const sinceLastEmail = ({ count, said_before }: AlertRow) =>
  said_before ? ` since our last email, ${count.toLocaleString('en')} in all` : ''

function titleOf(open: AlertRow[], resolved: AlertRow[]): string {
  if (open.length > 1) return `${open.length} problems need attention`
  if (open[0]) return sentenceOf(open[0], open[0].count - open[0].said_before)
  return resolved.length === 1
    ? `Resolved: ${sentenceOf(resolved[0]!, resolved[0]!.count)}`
    : `${resolved.length} problems are resolved`
}
