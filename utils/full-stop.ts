/** Ends a sentence that was said elsewhere, with its full stop or without. */
export const fullStop = (said: string) => (/[.!?…]$/.test(said) ? said : `${said}.`)
