/** npm run mymovies -- COMMAND: what an operator does without a browser. Reads the same settings as the server. Exit code 0: done; 1: could not be done; 2: asked wrongly. */
import { checkSettings } from '../app/check-settings'
import { registerParts } from '../app/composition'
import { closeDatabases } from '../db/open'
import { howTo, isHelp, refuseUnasked } from './arguments'
import { backup } from './backup'
import { type Command, Complaint, Misuse } from './command'
import { criticAdd } from './critic-add'
import { errorMessage } from './error-messages'
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
  export: exportLog,
  import: importLog,
  rebuild,
  parts,
  replay,
  'dead-letters': deadLetters,
  redrive,
  'critic:add': criticAdd,
  help: {
    usage: '[COMMAND]',
    says: 'shows this list, or one command',
    run: async ([name]) => (name === undefined ? help() : howTo(name, named(name))),
  },
}

function help(): string[] {
  const width = Math.max(
    ...Object.entries(commands).map(([name, { usage = '' }]) => `${name} ${usage}`.length),
  )
  return [
    'npm run mymovies -- COMMAND',
    '',
    ...Object.entries(commands).map(
      ([name, { usage = '', says }]) => `  ${`${name} ${usage}`.padEnd(width)}  ${says}`,
    ),
  ]
}

function named(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command)
    throw new Misuse(`There is no command ${JSON.stringify(name)}.\n\n${help().join('\n')}`)
  return command
}

async function answer(name: string, args: string[]): Promise<string[]> {
  if (isHelp(name)) return help()
  const command = named(name)
  if (args.some(isHelp)) return howTo(name, command)
  refuseUnasked(name, command, args)
  if (name !== 'help') checkSettings()
  return command.run(args)
}

// Who reads along may stop when they have seen enough (`export - | head`).
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
  // After a failure it has been said what is wrong; a thread whose database did not open would keep the process here.
  await closeDatabases().catch(error => {
    if (!process.exitCode) throw error
  })
  if (process.exitCode) process.exit()
}
