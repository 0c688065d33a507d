/**
 * Reads the emails in the outbox of a server without a mail server, as their readers would see
 * them.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type ParsedMail, simpleParser } from 'mailparser'
import { expect } from 'vitest'

/** Oldest first. */
export async function lettersTo(dataDir: string, address: string): Promise<ParsedMail[]> {
  const app = new DatabaseSync(join(dataDir, 'app.sqlite'), { readOnly: true, timeout: 5000 })
  try {
    const rows = app
      .prepare('SELECT source FROM outbox WHERE recipient = ? ORDER BY id')
      .all(address) as { source: string }[]
    return await Promise.all(rows.map(({ source }) => simpleParser(source)))
  } finally {
    app.close()
  }
}

/** Waits until this many emails have come, and returns the newest. */
export async function letterTo(dataDir: string, address: string, count = 1): Promise<ParsedMail> {
  await expect
    .poll(async () => (await lettersTo(dataDir, address)).length, { timeout: 10_000 })
    .toBe(count)
  return (await lettersTo(dataDir, address)).at(-1)!
}

/** The token in an email's link to a page. */
export const tokenIn = (letter: ParsedMail, page: string) =>
  new RegExp(`/subscribe/${page}\\?token=(\\S+)`).exec(letter.text ?? '')![1]!
