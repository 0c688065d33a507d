/**
 * Writes plain text so that a chat's Markdown shows it as it is: `M*A*S*H` keeps its stars. Addresses
 * are left alone, because a backslash would become part of them.
 */
export const escapeMarkdown = (text: string) =>
  text.replaceAll(/https?:\/\/\S+|[\\*_~`|<[]|^[ \t]*(?:[#>+-]+|\d+(?=[.)]))/gm, found => {
    if (/^https?:/.test(found)) return found
    return /\d$/.test(found) ? `${found}\\` : found.replaceAll(/[^\s\w]|_/g, String.raw`\$&`)
  })
