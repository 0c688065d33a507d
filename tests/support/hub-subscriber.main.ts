/** The subscriber's server in its own process. */
import { answerCalls } from './far-process.ts'
import { HubSubscriber } from './hub-subscriber.ts'

const subscriber = await HubSubscriber.start()
answerCalls(subscriber, { origin: subscriber.origin })
