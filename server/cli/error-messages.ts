/**
 * Puts an error into words for the person who runs the command: the codes of the file system and
 * SQLite become one plain sentence.
 */
import { BadSetting } from '../config/settings'
import { isBusyOrFull, isDamaged, isDiskFault, NewerRelease } from '../db/errors'
import { LogDamaged } from '../log/event-log'
import { Complaint } from './command'

const WORDS: Record<string, string> = {
  ENOENT: 'does not exist',
  EACCES: 'cannot be opened by this user',
  EPERM: 'cannot be changed by this user',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'is not a folder, or not in one',
  EEXIST: 'already exists',
  ENOSPC: 'cannot be written, because the disk is full',
  EDQUOT: "cannot be written, because this user's share of the disk is full",
  EROFS: 'cannot be written, because its disk is read-only',
  EIO: 'cannot be read or written: the disk is failing',
}

/** Undefined for an unexpected error: its stack helps the person who fixes it. */
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
  const words = code === 'ENOENT' && syscall === 'mkdir' ? 'cannot be created there' : WORDS[code]
  return words ? `${path.replace(/\.partial-\d+$/, '')} ${words}.` : `The system says: ${message}.`
}

function ofSqlite(error: Error): string {
  if (isBusyOrFull(error))
    return `The database cannot be written now (${error.message}): another process holds it, or the disk is full. Try again.`
  if (isDamaged(error))
    return `A database in the data folder is damaged (${error.message}). Restore a backup; only views.sqlite may be deleted, because it is rebuilt.`
  return isDiskFault(error)
    ? `The disk is failing (${error.message}).`
    : `A database in the data folder cannot be opened (${error.message}). Does it belong to this user?`
}
