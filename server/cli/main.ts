/**
 * npm run mymovies -- COMMAND: what operators do without a browser. Reads the same settings as the
 * server. Exit code 0: done; 1: failed; 2: called the wrong way.
 */
import { checkSettings } from '../app/check-settings'
import { registerParts } from '../app/composition'
import { closeDatabases } from '../db/open'
import { readArguments } from './arguments'
import { Complaint } from './command'
import { commandNamed, commands } from './commands'
import { errorMessage } from './error-messages'
import { howTo, listCommands } from './help'

async function answer(name: string, args: string[]): Promise<string[]> {
  if (['--help', '-h'].includes(name)) return listCommands(commands)
  const command = commandNamed(name)
  const given = readArguments(name, command, args)
  if (!given) return howTo(name, command)
  if (name !== 'help') checkSettings()
  return command.run(given.words, given.options)
}

// A reader of the output may stop when it has seen enough (`export - | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(1)
})
registerParts()
const [name = 'help', ...args] = process.argv.slice(2)
try {
  for (const line of await answer(name, args)) console.log(line)
} catch (error) {
  const sentence = errorMessage(error)
  if (sentence === undefined) throw error
  console.error(sentence)
  process.exitCode = error instanceof Complaint ? error.exitCode : 1
} finally {
  // After a failure its reason is already on the screen; a thread whose database did not open would
  // keep the process alive.
  await closeDatabases().catch(error => {
    if (!process.exitCode) throw error
  })
  if (process.exitCode) process.exit()
}
