/** Makes one line of a text: a line break, with the spaces around it, becomes a space. */
const BREAKS = /\s*[\t\r\n\v\f\u0085\u2028\u2029]\s*/g

const ENDS = /^[\r\n]+|[\r\n]+$/g

export const asOneLine = (text: string) => text.replace(ENDS, '').replace(BREAKS, ' ')
