/** npm run mymovies -- COMMAND: what an operator does without a browser. Reads the same settings as the server. Exit code 0: done; 1: could not be done; 2: asked wrongly. */
import { closeDatabases } from '../db/open'
import { BadSetting } from '../settings'
import { backup } from './backup'
import { Complaint, Misuse, type Command } from './command'
import { criticAdd } from './critic-add'
import { exportLog } from './export'
import { importLog } from './import'
import { deadLetters, parts, redrive } from './parts'
import { rebuild } from './rebuild'
import { replay } from './replay'
import { restore } from './restore'
import { verify } from './verify'

const commands: Record<string, Command> = {
  verify,
  backup,
  restore,
  'export': exportLog,
  'import': importLog,
  rebuild,
  parts,
  replay,
  'dead-letters': deadLetters,
  redrive,
  'critic:add': criticAdd,
  'help': { says: 'shows this list', run: async () => help() },
}

function help(): string[] {
  const width = Math.max(...Object.entries(commands).map(([name, { usage = '' }]) => `${name} ${usage}`.length))
  return ['npm run mymovies -- COMMAND', '', ...Object.entries(commands).map(([name, { usage = '', says }]) => `  ${`${name} ${usage}`.padEnd(width)}  ${says}`)]
}

const [name = 'help', ...args] = process.argv.slice(2)
try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Misuse(`There is no command ${JSON.stringify(name)}.\n\n${help().join('\n')}`)
  for (const line of await command.run(args)) console.log(line)
} catch (error) {
  if (!isTold(error)) throw error
  console.error(error.message)
  process.exitCode = error instanceof Complaint ? error.exitCode : 1
} finally {
  await closeDatabases()
}

/** What the operator can mend, or what the file system or SQLite says in one line: no stack helps with a full disk. */
function isTold(error: unknown): error is Error {
  return error instanceof Complaint || error instanceof BadSetting || (error instanceof Error && ('syscall' in error || 'errcode' in error))
}
