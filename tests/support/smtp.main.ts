/** The mail server in a process of its own, driven by messages: `{ n, call, args }` is answered by `{ n, result }`. */
import { Smtp } from './smtp.ts'
import type { SmtpOptions } from './smtp.ts'

const smtp = await Smtp.start(JSON.parse(process.argv[2] ?? '{}') as SmtpOptions)
process.on('message', ({ n, call, args }: { n: number, call: 'state', args: [] }) => process.send!({ n, result: smtp[call](...args) }))
process.on('disconnect', () => process.exit(0))
process.send!({ n: 0, result: { port: smtp.port, url: smtp.url } })
