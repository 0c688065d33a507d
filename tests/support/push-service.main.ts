/** The push service in a process of its own, driven by messages: `{ n, call, args }` is answered by `{ n, result }`. */
import { PushService } from './push-service.ts'
import type { PushServiceOptions } from './push-service.ts'

const service = await PushService.start(JSON.parse(process.argv[2] ?? '{}') as PushServiceOptions)
process.on('message', async ({ n, call, args }: { n: number, call: 'state', args: [] }) => {
  process.send!({ n, result: await service[call](...args) })
})
process.on('disconnect', () => process.exit(0))
process.send!({ n: 0, result: { origin: service.origin, cert: service.cert } })
