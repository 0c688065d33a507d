/** Turns the server's messages, with or without a capital and a full stop, into whole sentences. */

/** "must be chosen" becomes "Must be chosen." */
export const asSentence = (message: string) => `${message[0]!.toUpperCase()}${message.slice(1)}.`

export const withFullStop = (said: string) => (/[.!?…]$/.test(said) ? said : `${said}.`)

/** "Id, publishedAt" is "id, publishedAt": only the first letter belongs to the sentence. */
export const midSentence = (said: string) => `${said[0]!.toLowerCase()}${said.slice(1)}`

/** "paused by Ines" as the beginning of a sentence. */
export const upperFirst = (words: string) => `${words[0]!.toUpperCase()}${words.slice(1)}`
