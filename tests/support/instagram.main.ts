/** The stand-in for Instagram in its own process. */
import { answerCalls } from './far-process.ts'
import { Instagram } from './instagram.ts'

const instagram = await Instagram.start()
answerCalls(instagram, { url: instagram.url })
