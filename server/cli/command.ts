/** An operator's command: what to type, what it does, and the function that does it. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Arguments } from './arguments'

export interface Command {
  /** Words and options as the help shows them; capitals stand for a required word. */
  usage?: string
  /** The options that `usage` shows, for node:util's parseArgs. */
  options?: ParseArgsOptionsConfig
  /** What to say when a word or the value of an option is missing. */
  missing?: string
  says: string
  /** Returns what to print, one string per line. Throws Complaint for what the operator can fix. */
  run: (words: string[], options: Arguments['options']) => Promise<string[]>
}

/** Ends the command with this message and exit code 1: it could not be done. */
export class Complaint extends Error {
  readonly exitCode: number = 1
}

/**
 * Ends the command with this message and exit code 2: it was called the wrong way, and nothing was
 * tried.
 */
export class Misuse extends Complaint {
  override readonly exitCode = 2
}

/** Columns under their headings, as wide as necessary. */
export function table(rows: Record<string, unknown>[]): string[] {
  if (!rows[0]) return []
  const heads = Object.keys(rows[0])
  const lines = [heads, ...rows.map(row => heads.map(head => String(row[head] ?? '')))]
  const widths = heads.map((_, column) => Math.max(...lines.map(line => line[column]!.length)))
  return lines.map(line =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}

/**
 * Reports the progress of long work on stderr: in place on a terminal, otherwise one line every ten
 * seconds.
 */
export function progress(): (say: () => string) => void {
  const { isTTY } = process.stderr
  const every = isTTY ? 200 : 10_000
  let last = performance.now()
  return say => {
    if (performance.now() - last < every) return
    last = performance.now()
    process.stderr.write(isTTY ? `\r\x1B[K${say()}\r` : `${say()}\n`)
  }
}
