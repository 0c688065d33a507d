export function installedChromium(): string | undefined
export function chromiumAtAnyPrice(): string
