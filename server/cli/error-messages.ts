/** An error in the words of who runs the command: what the file system and SQLite say by code is one plain sentence. */
import { BadSetting } from '../config/settings'
import { isBusyOrFull, isDamaged, isDiskFault, NewerRelease } from '../db/errors'
import { LogDamaged } from '../log/event-log'
import { Complaint } from './command'

const WORDS: Record<string, string> = {
  ENOENT: 'is not there',
  EACCES: 'may not be opened by this user',
  EPERM: 'may not be changed by this user',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'is no folder, or lies in none',
  EEXIST: 'is there already',
  ENOSPC: 'cannot be written, because the disk is full',
  EDQUOT: "cannot be written, because this user's share of the disk is full",
  EROFS: 'cannot be written, because its disk is read-only',
  EIO: 'cannot be read or written: the disk fails',
}

/** Undefined for what nobody expected: its stack helps who mends it. */
export function errorMessage(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof Complaint) return error.message
  if (error instanceof BadSetting) return `${error.message}.`
  if (error instanceof LogDamaged)
    return `The log is damaged at position ${error.position}: ${error.reason}. Restore a backup.`
  if (error instanceof NewerRelease)
    return `${error.message[0]!.toUpperCase()}${error.message.slice(1)}. Run that one on this data folder.`
  if ('syscall' in error) return ofFileSystem(error as NodeJS.ErrnoException)
  return 'errcode' in error && error.errcode !== undefined ? ofSqlite(error) : undefined
}

function ofFileSystem({
  code = '',
  syscall,
  path = 'What was named',
  message,
}: NodeJS.ErrnoException): string {
  const words = code === 'ENOENT' && syscall === 'mkdir' ? 'cannot be made there' : WORDS[code]
  return words ? `${path.replace(/\.partial-\d+$/, '')} ${words}.` : `The system says: ${message}.`
}

function ofSqlite(error: Error): string {
  if (isBusyOrFull(error))
    return `The database cannot be written now (${error.message}): another process holds it, or the disk is full. Try again.`
  if (isDamaged(error))
    return `A database in the data folder is damaged (${error.message}). Restore a backup; views.sqlite alone may be deleted, it is built again.`
  return isDiskFault(error)
    ? `The disk fails (${error.message}).`
    : `A database in the data folder cannot be opened (${error.message}). Does it belong to this user?`
}
