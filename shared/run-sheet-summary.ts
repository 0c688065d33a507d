/** The run sheet in one sentence: who has been notified, and who has not yet. */
import type { Line } from './types/run-sheet'

/** "Five readers and one network are still to be notified." `type` is the event that the lines are about. */
export function summarizeRunSheet(lines: Line[], type?: string): string {
  const parts = lines.filter(line => line.unit)
  const told = sum(parts, line => line.told)
  const kept = sum(parts, line => line.kept)
  const open = inWords(parts, openOf)
  const missed = inWords(parts, line => line.missed)
  if (lines.some(line => line.left && !line.of)) return 'Sending is about to start.'
  if (open.length)
    return `${upper(AND.format(open))} ${be(open, 'is', 'are')} still to be notified.`
  if (parts.some(line => line.state === 'Paused'))
    return told ? 'Paused. Some were already notified.' : 'Paused. Nobody has been notified yet.'
  const exceptions = [...missed, ...keptReaders(kept)]
  if (exceptions.length && told > kept)
    return `Everyone was notified, except ${AND.format(exceptions)}.`
  if (exceptions.length) return [keptEmails(kept), notNotified(missed)].filter(Boolean).join(' ')
  if (told) return LATER[type ?? ''] ?? 'Everyone was notified.'
  return lines.length ? nobodyWords(parts, type) : ''
}

/** Nobody has an email that lies in the outbox, because no mail server is set up. */
const keptReaders = (kept: number) =>
  kept ? [`${counted(kept, 'reader')} whose email is kept in the outbox`] : []
const keptEmails = (kept: number) =>
  kept &&
  `${upper(counted(kept, 'email'))} ${kept === 1 ? 'is' : 'are'} kept in the outbox, not sent.`

const notNotified = (missed: string[]) =>
  missed.length && `${upper(AND.format(missed))} ${be(missed, 'was', 'were')} not notified.`

/** What was done about a review that people had been notified of. */
const LATER: Record<string, string> = {
  ReviewFixed: 'Updated on the site and in each channel that can change what it sent.',
  ReviewCorrected: 'Updated on the site and in each channel that can change what it sent.',
  ReviewArchived: 'Removed from the site and from each channel that can take back what it sent.',
}

/** Why nobody was notified: nobody subscribed, or the event is one that channels send nothing about. */
function nobodyWords(parts: Line[], type: string | undefined): string {
  const isLater = type !== undefined && type !== 'ReviewPublished'
  if (!isLater && !parts.some(line => line.state === 'Not changed'))
    return 'Nobody subscribed to this review.'
  if (type === 'ReviewErased') return 'Its text was erased. Nobody was notified.'
  return type === 'ReviewArchived'
    ? 'Removed from the site. Nobody was notified.'
    : 'The site is updated. Nobody was notified.'
}

/** "five readers", "one network": a count for each kind that is not empty. */
const inWords = (parts: Line[], of: (line: Line) => number | undefined) =>
  (['reader', 'network', 'webhook', 'subscriber', 'server'] as const)
    .map(unit =>
      counted(
        sum(
          parts.filter(line => line.unit === unit),
          of,
        ),
        unit,
      ),
    )
    .filter(Boolean)
const be = (words: string[], one: string, many: string) =>
  words.length === 1 && words[0]!.startsWith('one ') ? one : many
const AND = new Intl.ListFormat('en-GB')
const openOf = (line: Line) => line.left
const sum = (lines: Line[], of: (line: Line) => number | undefined) =>
  lines.reduce((all, line) => all + (of(line) ?? 0), 0)

const WORDS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const counted = (n: number, what: string) =>
  n ? `${WORDS[n] ?? n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}` : ''
const upper = (words: string) => `${words[0]!.toUpperCase()}${words.slice(1)}`
