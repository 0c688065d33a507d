/** What readers will not see of a text as it was typed, in words for the person who writes it. */

/** `what` is the address, the description or the markup itself. */
export interface LeftOut {
  kind: 'link' | 'picture' | 'footnote' | 'html'
  what: string
}

const MOST_LETTERS = 80

/** Each thing once, in the order of the text. */
export const leftOutWords = (leftOut: LeftOut[]): string[] => [...new Set(leftOut.map(inWords))]

function inWords({ kind, what }: LeftOut): string {
  const short = what.length > MOST_LETTERS ? `${what.slice(0, MOST_LETTERS)}…` : what
  switch (kind) {
    case 'link':
      return `The link to “${short}”: only addresses of the web, of mailboxes and of this site are linked.`
    case 'picture':
      return short
        ? `The picture “${short}”: its description is shown instead.`
        : 'A picture without a description.'
    case 'footnote':
      return `The footnote “${short}”: it is shown as it was typed.`
    case 'html':
      return `The HTML “${short}”: it is shown as it was typed.`
  }
}
