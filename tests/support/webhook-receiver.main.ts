/** The partner's server in a process of its own. */
import { answerCalls } from './far-process.ts'
import { WebhookReceiver } from './webhook-receiver.ts'

const receiver = await WebhookReceiver.start()
answerCalls(receiver, { origin: receiver.origin })
