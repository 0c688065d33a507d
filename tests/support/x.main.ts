/** The stand-in for X in its own process. */
import { answerCalls } from './far-process.ts'
import { X } from './x.ts'

const x = await X.start(JSON.parse(process.argv[2] ?? '{}'))
answerCalls(x, { url: x.url })
