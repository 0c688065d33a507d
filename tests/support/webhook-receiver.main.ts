/** The partner's server in its own process. */
import { answerCalls } from './far-process.ts'
import { WebhookReceiver } from './webhook-receiver.ts'

const receiver = await WebhookReceiver.start()
answerCalls(receiver, { origin: receiver.origin })
