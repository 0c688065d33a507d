/** npm run mymovies -- COMMAND: what an operator does without a browser. Reads the same settings as the server. */
import { closeDatabases } from '../db/open'
import { BadSetting } from '../settings'
import { Complaint, type Command } from './command'
import { criticAdd } from './critic-add'
import { deadLetters, parts, redrive } from './parts'
import { rebuild } from './rebuild'
import { verify } from './verify'

const commands: Record<string, Command> = {
  verify,
  rebuild,
  parts,
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
  const command = commands[name]
  if (!command) throw new Complaint(`There is no command ${JSON.stringify(name)}.\n\n${help().join('\n')}`)
  for (const line of await command.run(args)) console.log(line)
} catch (error) {
  if (!(error instanceof Complaint || error instanceof BadSetting)) throw error
  console.error(error.message)
  process.exitCode = 1
} finally {
  await closeDatabases()
}
