/** The help for operators: the list of commands, or how to use one of them. */
import type { Command } from './command'

/** All commands, one line each, with their descriptions in one column. */
export function listCommands(commands: Record<string, Command>): string[] {
  const lines = Object.entries(commands).map(([name, { usage, says }]) => ({
    typed: [name, usage].filter(Boolean).join(' '),
    says,
  }))
  const width = Math.max(...lines.map(({ typed }) => typed.length))
  return [
    'npm run mymovies -- COMMAND',
    '',
    ...lines.map(({ typed, says }) => `  ${typed.padEnd(width)}  ${says}`),
  ]
}

/** One command: what to type, and what it does. */
export const howTo = (name: string, { usage, says }: Command): [typed: string, says: string] => [
  `npm run mymovies -- ${[name, usage].filter(Boolean).join(' ')}`,
  `  ${says}`,
]
