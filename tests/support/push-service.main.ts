/** The push service in its own process. */
import { answerCalls } from './far-process.ts'
import { PushService } from './push-service.ts'

const service = await PushService.start(JSON.parse(process.argv[2] ?? '{}'))
answerCalls(service, { origin: service.origin, cert: service.cert })
