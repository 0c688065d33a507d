/** The mail server in its own process. */
import { answerCalls } from './far-process.ts'
import { Smtp } from './smtp.ts'

const smtp = await Smtp.start(JSON.parse(process.argv[2] ?? '{}'))
answerCalls(smtp, { port: smtp.port, url: smtp.url })
