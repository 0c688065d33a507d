/** The run sheet in one sentence: who has been told, and who has not yet. */
import type { Line } from './types/run-sheet'

/** "Everybody has been told but five readers and one network." */
export function summarizeRunSheet(lines: Line[]): string {
  const parts = lines.filter(line => line.unit)
  const told = sum(parts, line => line.told)
  const open = inWords(parts, openOf)
  const missed = inWords(parts, line => line.missed)
  const held = parts.filter(line => line.state === 'Held')
  if (lines.some(line => line.left && !line.of)) return 'Everybody is about to be told.'
  if (open.length)
    return told
      ? `Everybody has been told but ${AND.format(open)}.`
      : `${upper(AND.format(open))} ${isOne(open) ? 'is' : 'are'} about to be told.`
  if (held.length) return told ? 'Held. Some had been told before.' : 'Held. Nobody was told.'
  if (missed.length)
    return told
      ? `Everybody has been told, except ${AND.format(missed)}.`
      : `${upper(AND.format(missed))} ${isOne(missed) ? 'was' : 'were'} not told.`
  if (told || !lines.length) return told ? 'Everybody has been told.' : ''
  return parts.some(line => line.state === 'Left alone')
    ? 'The pages show it. Nobody is told of it.'
    : 'Nobody asked to be told.'
}

/** "five readers", "one network": those of each kind, where there are any. */
const inWords = (parts: Line[], of: (line: Line) => number | undefined) =>
  (['reader', 'network', 'webhook'] as const)
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
const isOne = (words: string[]) => words.length === 1 && words[0]!.startsWith('one ')
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
